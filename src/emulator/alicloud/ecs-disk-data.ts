import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hash, pick } from "../hash.ts";
import { nativeId, zoneOf } from "./native-names.ts";

/** A cloud disk. */
export interface EcsDisk {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly zone: string;
  readonly role: "system" | "data";
  readonly category: "cloud_essd" | "cloud_auto" | "cloud_efficiency" | "cloud_ssd";
  /** Of ESSDs; empty for others. */
  readonly performanceLevel: "" | "PL0" | "PL1";
  readonly sizeGib: number;
  readonly encrypted: boolean;
  /** Empty: nothing makes snapshots of it by itself. */
  readonly policyId: string;
  /** The machine it is attached to, if any. */
  readonly machine: FleetResource | undefined;
  readonly device: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Whole seconds, in milliseconds since the epoch. */
  readonly createdMs: number;
}

/** A rule by which snapshots are made of the disks it is applied to. */
export interface EcsSnapshotPolicy {
  readonly id: string;
  readonly name: string;
  /** Hours of the day, China's time. */
  readonly hours: readonly string[];
  /** From 1, Monday. */
  readonly weekdays: readonly string[];
  /** Days; -1 for ever. */
  readonly retentionDays: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdMs: number;
}

const CATEGORIES = ["cloud_essd", "cloud_essd", "cloud_auto", "cloud_efficiency", "cloud_ssd"] as const;
const SYSTEM_SIZES = [40, 60, 100] as const;
const DATA_SIZES = [100, 200, 500, 1_024, 2_048] as const;
const PURPOSES = ["数据库", "日志", "缓存", "备份"] as const;
const LEFT_OVER = ["data-detached", "旧订单数据", "migration-temp", "报表-归档"] as const;
const MACHINES_PER_LEFT_OVER = 6;
const EVERY_DAY = ["1", "2", "3", "4", "5", "6", "7"];
// The last of them is applied to nothing.
const POLICIES = [
  { name: "daily-7d", hours: ["2"], weekdays: EVERY_DAY, retentionDays: 7, tags: { team: "platform" } },
  { name: "每周备份", hours: ["3"], weekdays: ["7"], retentionDays: 30, tags: { 用途: "备份" } },
  { name: "keep-forever", hours: ["1", "13"], weekdays: ["1"], retentionDays: -1, tags: {} },
] as const;
const FIRST_MS = Date.UTC(2023, 0, 1);
const SPAN_SECONDS = 2 * 365 * 86_400;

/** The policies of a place in which machines run. */
export function snapshotPoliciesOf(fleet: Fleet, account: string, region: string): readonly EcsSnapshotPolicy[] {
  if (fleet.of(account, region, "virtual-machine").length === 0) return [];
  return POLICIES.map((policy, index) => {
    const key = hash(fleet.seed, account, region, "snapshot policy", index);
    return { ...policy, id: `sp-${nativeId(region, key, "policy")}`, createdMs: createdMs(key) };
  });
}

/** The disks of a place: a system disk of each machine, the data disks of many, and some that are attached to none. */
export function disksOf(fleet: Fleet, account: string, region: string): readonly EcsDisk[] {
  const machines = fleet.of(account, region, "virtual-machine");
  const policies = snapshotPoliciesOf(fleet, account, region);
  const attached = machines.flatMap((machine) => {
    const position = chance(machine.key, "data disks");
    const count = position < 0.35 ? 0 : position < 0.85 ? 1 : 2;
    return Array.from({ length: count + 1 }, (_, index) => attachedDisk(machine, index, policies));
  });
  const leftOver = Array.from({ length: Math.ceil(machines.length / MACHINES_PER_LEFT_OVER) }, (_, index) => {
    const key = hash(fleet.seed, account, region, "left over disk", index);
    const zoneKey = machines[hash(key, "zone") % machines.length];
    return leftOverDisk(key, index, region, zoneKey === undefined ? `${region}-a` : zoneOf(zoneKey), policies);
  });
  return [...attached, ...leftOver];
}

function attachedDisk(machine: FleetResource, index: number, policies: readonly EcsSnapshotPolicy[]): EcsDisk {
  const key = hash(machine.key, "disk", index);
  const role = index === 0 ? "system" : "data";
  const purpose = chance(key, "purpose") < 0.6 ? { 用途: pick(PURPOSES, key, "purpose name") } : {};
  return {
    ...common(key, machine.region, policies, machine.tags.env === "prod" ? 0.6 : 0.15),
    name: index === 0 ? `${machine.name}-system` : `${machine.name}-data-${index}`,
    zone: zoneOf(machine),
    role,
    sizeGib: role === "system" ? pick(SYSTEM_SIZES, key, "size") : pick(DATA_SIZES, key, "size"),
    machine,
    device: `/dev/xvd${"abc"[index]}`,
    tags: role === "system" ? machine.tags : { ...machine.tags, ...purpose },
  };
}

function leftOverDisk(key: number, index: number, region: string, zone: string, policies: readonly EcsSnapshotPolicy[]): EcsDisk {
  return {
    ...common(key, region, policies, 0.2),
    name: `${pick(LEFT_OVER, key, "name")}-${String(index + 1).padStart(3, "0")}`,
    zone,
    role: "data",
    sizeGib: pick(DATA_SIZES, key, "size"),
    machine: undefined,
    device: "",
    tags: chance(key, "tagged") < 0.5 ? { owner: pick(["alice", "李雷"], key, "owner"), 状态: "待删除" } : {},
  };
}

function common(key: number, region: string, policies: readonly EcsSnapshotPolicy[], encryptedShare: number) {
  const category = pick(CATEGORIES, key, "category");
  return {
    key,
    region,
    id: `d-${nativeId(region, key, "disk")}`,
    category,
    performanceLevel: category === "cloud_essd" ? pick(["PL0", "PL1"] as const, key, "level") : ("" as const),
    encrypted: chance(key, "encrypted") < encryptedShare,
    policyId: chance(key, "policy") < 0.65 ? (policies[hash(key, "which policy") % 2]?.id ?? "") : "",
    createdMs: createdMs(key),
  };
}

function createdMs(key: number): number {
  return FIRST_MS + Math.floor(chance(key, "created") * SPAN_SECONDS) * 1_000;
}

import type { Fleet } from "../fleet.ts";
import { chance, hash, pick } from "../hash.ts";
import { disksOf, type EcsSnapshotPolicy, snapshotPoliciesOf } from "./ecs-disk-data.ts";
import { nativeId } from "./native-names.ts";

/** A snapshot of a disk; the disk may be gone. */
export interface EcsSnapshot {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly diskId: string;
  readonly diskRole: "system" | "data";
  readonly sizeGib: number;
  readonly encrypted: boolean;
  /** By a policy or by hand. */
  readonly origin: "auto" | "user";
  /** Days a policy keeps it; undefined for ever. */
  readonly retentionDays: number | undefined;
  readonly usage: "none" | "image" | "disk";
  readonly tags: Readonly<Record<string, string>>;
  /** Whole seconds, in milliseconds since the epoch: so many days before now. */
  readonly createdMs: number;
  /** Of the disk it was taken from: undefined where that is gone. */
  readonly machineId: string | undefined;
}

type Source = Pick<EcsSnapshot, "region" | "diskId" | "diskRole" | "sizeGib" | "encrypted" | "machineId"> & { readonly diskName: string };

const DAY_MS = 86_400_000;
const OLDEST_DAYS = 600;
const MACHINES_PER_ORPHAN = 8;
const NOTES = ["before-upgrade", "迁移前备份", "manual", "上线前"] as const;
const USAGES = ["none", "none", "none", "none", "image", "disk"] as const;

/** The snapshots of a place before any was deleted: by policies, by hand, and of disks that are not there any more. */
export function snapshotsOf(
  fleet: Fleet,
  { account, region, nowMs }: { readonly account: string; readonly region: string; readonly nowMs: number },
): readonly EcsSnapshot[] {
  const policies = new Map(snapshotPoliciesOf(fleet, account, region).map((policy) => [policy.id, policy]));
  const today = Math.floor(nowMs / DAY_MS);
  const snapshots = disksOf(fleet, account, region).flatMap((disk): EcsSnapshot[] => {
    const { id, key, name, role, machine } = disk;
    const source: Source = { ...disk, diskId: id, diskName: name, diskRole: role, machineId: machine?.id };
    const policy = policies.get(disk.policyId);
    const automatic = policy === undefined ? 0 : 1 + (hash(key, "automatic snapshots") % 3);
    const manual = chance(key, "manual snapshots") < 0.25 ? 1 + (hash(key, "manual number") % 2) : 0;
    return [
      ...Array.from({ length: automatic }, (_, index) => byPolicy(source, hash(key, "automatic", index), policy, index, today)),
      ...Array.from({ length: manual }, (_, index) => byHand(source, hash(key, "manual", index), today)),
    ];
  });
  const orphans = Array.from(
    { length: Math.floor(fleet.of(account, region, "virtual-machine").length / MACHINES_PER_ORPHAN) },
    (_, index) => {
      const key = hash(fleet.seed, account, region, "orphan snapshot", index);
      const diskId = `d-${nativeId(region, hash(key, "gone"), "disk")}`;
      return byHand(
        { region, diskId, diskName: "deleted", diskRole: "data", sizeGib: 200, encrypted: false, machineId: undefined },
        key,
        today,
      );
    },
  );
  return [...snapshots, ...orphans];
}

function byPolicy(source: Source, key: number, policy: EcsSnapshotPolicy | undefined, index: number, today: number): EcsSnapshot {
  const retentionDays = policy?.retentionDays ?? 7;
  const ageDays = 1 + ((index * Math.ceil(retentionDays / 3) + (hash(source.diskId, "age") % 3)) % retentionDays);
  const createdMs = (today - ageDays) * DAY_MS + Math.floor(chance(key, "second") * 3_600) * 1_000;
  return {
    ...common(source, key),
    name: `auto2.0_${new Date(createdMs).toISOString().slice(0, 10).replaceAll("-", "")}_${policy?.id}`,
    origin: "auto",
    retentionDays,
    usage: "none",
    tags: {},
    createdMs,
  };
}

function byHand(source: Source, key: number, today: number): EcsSnapshot {
  const note = pick(NOTES, key, "note");
  return {
    ...common(source, key),
    name: `${source.diskName}-${note}`,
    origin: "user",
    retentionDays: undefined,
    usage: pick(USAGES, key, "usage"),
    tags: chance(key, "tagged") < 0.4 ? { 用途: note, owner: pick(["alice", "bob", "韩梅梅"], key, "owner") } : {},
    createdMs: (today - 1 - (hash(key, "age") % OLDEST_DAYS)) * DAY_MS + Math.floor(chance(key, "second") * 86_400) * 1_000,
  };
}

function common({ region, diskId, diskRole, sizeGib, encrypted, machineId }: Source, key: number) {
  return { key, id: `s-${nativeId(region, key, "snapshot")}`, region, diskId, diskRole, sizeGib, encrypted, machineId };
}

import type { Fleet } from "../fleet.ts";
import { chance, hash, hexDigits, pick } from "../hash.ts";
import { serial } from "./native-names.ts";

export interface KeyPair {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly fingerprint: string;
  readonly createdMs: number;
  readonly tags: Readonly<Record<string, string>>;
}

const OWNERS = ["alice", "bob", "chen.wei", "李雷", "韩梅梅"] as const;
const MACHINES_A_PAIR = 12;

/** The key pairs of a place: one for every dozen machines, and one more; half of them older than a year. */
export function keyPairsOf(fleet: Fleet, account: string, region: string): readonly KeyPair[] {
  const count = 1 + Math.floor(fleet.of(account, region, "virtual-machine").length / MACHINES_A_PAIR);
  return Array.from({ length: count }, (_, index) => {
    const key = hash(fleet.seed, account, region, "key-pair", index);
    const owner = pick(OWNERS, key, "owner");
    return {
      id: `kp-${serial(18, key, "key-pair")}`,
      name: `ops-${String(index + 1).padStart(3, "0")}`,
      description: `${owner} 的密钥对`,
      fingerprint: hexDigits(32, key, "fingerprint"),
      createdMs: Date.UTC(2024, 0, 1) + Math.floor(chance(key, "created") * 700) * 86_400_000,
      tags: { owner },
    };
  });
}

import { BlockList } from "node:net";

const NOT_PUBLIC = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const) {
  NOT_PUBLIC.addSubnet(network, prefix, "ipv4");
}
for (const [network, prefix] of [
  ["::", 128],
  ["::1", 128],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const) {
  NOT_PUBLIC.addSubnet(network, prefix, "ipv6");
}

/** Whether an address is one that no publisher has: private, loopback, link-local (with the clouds' metadata services), multicast. */
export function isPrivateAddress(address: string): boolean {
  // `::ffff:10.0.0.1` and the like are checked as the IPv4 addresses they stand for (BlockList does so itself).
  return NOT_PUBLIC.check(address, address.includes(":") ? "ipv6" : "ipv4");
}

import type { Cloud } from "../../../src/emulator/cloud.ts";
import type { Exchange } from "./wire-exchange.ts";

/** What the emulator takes a request for: `ecs.DescribeInstances`. */
export function operationOf(
  cloud: Cloud,
  { method, target, headers, body }: Exchange,
): { readonly service: string; readonly operation: string } {
  const single = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  const { qualifiedOperation } = cloud.open({ method, target, headers: single, body: Buffer.from(body) });
  const dot = qualifiedOperation.indexOf(".");
  return { service: qualifiedOperation.slice(0, dot), operation: qualifiedOperation.slice(dot + 1) };
}

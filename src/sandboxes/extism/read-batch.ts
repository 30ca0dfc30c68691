import { z } from "zod";
import type { SandboxCall } from "../../contracts/index.ts";
import { unsafeJson } from "../shared/plain-json.ts";
import type { Guards } from "./guards.ts";

const name = z.string().max(1_000);
const batchSchema = z.array(z.tuple([z.int(), name, name, name, z.unknown()]));

/** The calls of a batch by number, in order; or what is wrong with it. */
export type Batch =
  | { readonly ok: true; readonly calls: ReadonlyMap<number, SandboxCall> }
  | { readonly ok: false; readonly problem: string };

/** Reads what the sandbox sent, trusting nothing in it: the calls are numbered one by one, so one that is left out, repeated or made up is seen. */
export function readBatch(text: string, lastCall: number, guards: Guards): Batch {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, problem: "it is no JSON" };
  }
  if (!guards.strictBatch) return { ok: true, calls: numbered(json as [number, string, string, string, unknown][]) };
  const unsafe = unsafeJson(json);
  if (unsafe !== undefined) return { ok: false, problem: unsafe };
  const parsed = batchSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { ok: false, problem: `${issue?.path.join(".") || "batch"}: ${issue?.message}` };
  }
  const turn = parsed.data.findIndex(([number], index) => number !== lastCall + index + 1);
  if (turn >= 0) return { ok: false, problem: `call ${parsed.data[turn]?.[0]} is out of turn` };
  return { ok: true, calls: numbered(parsed.data) };
}

function numbered(calls: readonly [number, string, string, string, unknown][]): Map<number, SandboxCall> {
  return new Map(calls.map(([number, provider, service, operation, parameters]) => [number, { provider, service, operation, parameters }]));
}

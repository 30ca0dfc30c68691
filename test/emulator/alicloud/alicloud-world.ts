import { onTestFinished } from "vitest";
import { type CallRecord, type EmulatorOptions, startEmulator, type Truth } from "../../../src/emulator/index.ts";
import type { ReceivedReply } from "./http-exchange.ts";
import { type RpcServiceId, type RpcSigning, sendRpc } from "./rpc-request.ts";
import { type SlsSigning, sendSls } from "./sls-request.ts";

export const MAIN = "1403275690172345";
export const PAYMENTS = "1782046351908264";
export const PAYMENTS_ROLE = "acs:ram::1782046351908264:role/nephoscope-read";

/** A moment a little after a five-minute boundary, within which every point of the five minutes before 09:00 is visible. */
export const NOW_MS = Date.parse("2026-03-10T09:03:20Z");
export const WINDOW = { fromMs: Date.parse("2026-03-10T08:55:00Z"), toMs: Date.parse("2026-03-10T09:00:00Z") };

export type Json = Readonly<Record<string, unknown>>;

/** An emulated Alibaba Cloud that stops with the test. */
export async function alicloudWorld(options: EmulatorOptions = {}) {
  const world = await openAlicloudWorld(options);
  onTestFinished(world.close);
  return world;
}

/** One that whoever asked for it stops. */
export async function openAlicloudWorld(options: EmulatorOptions = {}) {
  const emulator = await startEmulator({ providers: ["alicloud"], now: () => NOW_MS, ...options });
  const rpc = (service: RpcServiceId, action: string, parameters: RpcSigning["parameters"] = {}, more: Partial<RpcSigning> = {}) =>
    sendRpc(emulator.url, { service, action, parameters, ...more });
  const sls = (path: string, more: Partial<SlsSigning> = {}) => sendSls(emulator.url, { path, ...more });
  return {
    url: emulator.url,
    close: emulator.close,
    rpc,
    sls,
    /** The body of a call that has to succeed. */
    ok: async (...call: Parameters<typeof rpc>) => succeeded(await rpc(...call)),
    /** Status and code of a call that has to be refused. */
    refused: async (...call: Parameters<typeof rpc>) => refusal(await rpc(...call)),
    truth: (fromMs = WINDOW.fromMs, toMs = WINDOW.toMs): Promise<Truth> =>
      emulator.truth(new Date(fromMs).toISOString(), new Date(toMs).toISOString()),
    /** Records of one type in Hangzhou, of the main account. */
    records: async (type: string) =>
      (await emulator.truth(new Date(WINDOW.fromMs).toISOString(), new Date(WINDOW.toMs).toISOString())).records.filter(
        (one) => one.type === type && one.account === MAIN && one.region === "cn-hangzhou",
      ),
    calls: async () => ((await (await fetch(`${emulator.url}/_emulator/calls`)).json()) as { calls: CallRecord[] }).calls,
    post: (path: string, body: unknown) => fetch(`${emulator.url}/_emulator/${path}`, { method: "POST", body: JSON.stringify(body) }),
  };
}

export function succeeded({ status, json, body }: ReceivedReply): Json {
  if (status !== 200) throw new Error(`Refused with ${status}: ${body.toString("utf8").slice(0, 500)}`);
  return json as Json;
}

/** `404 InvalidRegionId.NotFound`. */
export function refusal({ status, json, body }: ReceivedReply): string {
  if (status === 200) throw new Error(`Not refused: ${body.toString("utf8").slice(0, 500)}`);
  const { Code, errorCode } = json as Json;
  return `${status} ${Code ?? errorCode}`;
}

/** What stands at `Alarms.Alarm` of a reply. */
export function at(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((inside, name) => (inside as Json | undefined)?.[name], value);
}

export function rows(value: unknown, path: string): readonly Json[] {
  return at(value, path) as readonly Json[];
}

import { Service, tlsOpenapi } from "@volcengine/openapi";
import { onTestFinished } from "vitest";
import { type CallRecord, type EmulatorOptions, startEmulator } from "../../../src/emulator/index.ts";

export const MAIN = "2100012345";
export const PAYMENTS = "2100067890";
export const PAYMENTS_ROLE = "trn:iam::2100067890:role/nephoscope-read";
export const CREDENTIALS = { accessKeyId: "AKLTemulator00000000", secretKey: "emulator-secret-key-for-tests-only" };

/** A moment within which every point of the five minutes before 09:00 is visible. */
export const NOW_MS = Date.parse("2026-03-10T09:03:20Z");
export const WINDOW = { from: new Date("2026-03-10T08:55:00Z"), to: new Date("2026-03-10T09:00:00Z") };

interface Credentials {
  readonly accessKeyId: string;
  readonly secretKey: string;
  readonly sessionToken?: string;
}

/** The envelope of every Open API reply. */
export interface OpenApiReply<Result = Record<string, unknown>> {
  readonly ResponseMetadata: {
    readonly RequestId: string;
    readonly Action: string;
    readonly Version: string;
    readonly Service: string;
    readonly Region: string;
    readonly Error?: { readonly CodeN?: number; readonly Code: string; readonly Message: string };
  };
  readonly Result?: Result;
}

interface CallOptions {
  readonly region?: string;
  readonly credentials?: Credentials;
}

const GET_SERVICES: Readonly<Record<string, string>> = {
  ecs: "2020-04-01",
  sts: "2018-01-01",
  alb: "2020-04-01",
  storage_ebs: "2020-04-01",
  vpc: "2020-04-01",
};
const POST_SERVICES: Readonly<Record<string, string>> = {
  Volc_Observe: "2018-01-01",
  rds_mysql: "2022-01-01",
  rds_postgresql: "2022-01-01",
};

/** An emulator that stops with the test, spoken to by the vendor's own SDK. */
export async function startedVolcengine(options: EmulatorOptions = {}) {
  const started = await openVolcengine(options);
  onTestFinished(started.close);
  return started;
}

/** One that whoever asked for it stops. */
export async function openVolcengine(options: EmulatorOptions = {}) {
  const emulator = await startEmulator({ providers: ["volcengine"], now: () => NOW_MS, ...options });
  const host = new URL(emulator.url).host;
  const sdkOptions = ({ region = "cn-beijing", credentials = CREDENTIALS }: CallOptions) => ({
    host,
    protocol: "http:",
    region,
    ...credentials,
  });
  return {
    emulator,
    close: emulator.close,
    url: emulator.url,
    truth: emulator.truth,
    calls: async () => ((await (await fetch(`${emulator.url}/_emulator/calls`)).json()) as { calls: CallRecord[] }).calls,
    post: (path: string, body: unknown) => fetch(`${emulator.url}/_emulator/${path}`, { method: "POST", body: JSON.stringify(body) }),
    /** An operation of the Open API: GET with flat parameters or POST with JSON, as its reference says. */
    call: async <Result = Record<string, unknown>>(
      service: string,
      operation: string,
      input: object,
      callOptions: CallOptions = {},
    ): Promise<OpenApiReply<Result>> => {
      const defaultVersion = GET_SERVICES[service] ?? POST_SERVICES[service] ?? "";
      const client = new Service({ ...sdkOptions(callOptions), serviceName: service, defaultVersion });
      const api = GET_SERVICES[service] === undefined ? client.createJSONAPI(operation) : client.createAPI(operation);
      return (await api(input)) as OpenApiReply<Result>;
    },
    tls: (callOptions: CallOptions = {}) => new tlsOpenapi.TlsService({ ...sdkOptions(callOptions), version: "0.3.0" }),
  };
}

export interface WireInstance {
  readonly InstanceId: string;
  readonly InstanceName: string;
  readonly Status: string;
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
}

export interface WireSeries {
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
  readonly DataPoints: readonly { readonly Timestamp: number; readonly Value: number }[];
  readonly Legend: string;
}

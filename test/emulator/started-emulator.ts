import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { EC2Client } from "@aws-sdk/client-ec2";
import { STSClient } from "@aws-sdk/client-sts";
import { onTestFinished } from "vitest";
import { type CallRecord, type EmulatorOptions, startEmulator, type Truth } from "../../src/emulator/index.ts";

export const MAIN = "111122223333";
export const PAYMENTS = "444455556666";
export const PAYMENTS_ROLE = "arn:aws:iam::444455556666:role/nephoscope-read";
export const CREDENTIALS = { accessKeyId: "AKIAEMULATOR00000000", secretAccessKey: "emulator-secret-key-for-tests-only" };

/** A moment a little after a five-minute boundary, within which every point of the five minutes before 09:00 is visible. */
export const NOW_MS = Date.parse("2026-03-10T09:03:20Z");
export const WINDOW = { from: new Date("2026-03-10T08:55:00Z"), to: new Date("2026-03-10T09:00:00Z") };

/** An emulator that stops with the test, and SDK clients for it without retries of their own. */
export async function startedEmulator(options: EmulatorOptions = {}) {
  const emulator = await startEmulator({ providers: ["aws"], now: () => NOW_MS, ...options });
  onTestFinished(() => emulator.close());
  const configuration = (region = "us-east-1", credentials: Credentials = { ...CREDENTIALS }) => ({
    region,
    endpoint: emulator.url,
    credentials,
    maxAttempts: 1,
  });
  return {
    url: emulator.url,
    close: emulator.close,
    ec2: (region?: string, credentials?: Credentials) => new EC2Client(configuration(region, credentials)),
    cloudWatch: (region?: string, credentials?: Credentials) => new CloudWatchClient(configuration(region, credentials)),
    sts: (region?: string, credentials?: Credentials) => new STSClient(configuration(region, credentials)),
    truth: (from: Date, to: Date) => getJson<Truth>(`${emulator.url}/_emulator/truth?from=${from.toISOString()}&to=${to.toISOString()}`),
    calls: async () => (await getJson<{ calls: CallRecord[] }>(`${emulator.url}/_emulator/calls`)).calls,
    post: (path: string, body: unknown) => fetch(`${emulator.url}/_emulator/${path}`, { method: "POST", body: JSON.stringify(body) }),
  };
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

async function getJson<Body>(url: string): Promise<Body> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Body;
}

/** What a call is refused with, as the SDK tells it. */
export async function refusal(call: Promise<unknown>): Promise<{ name: string; status: number | undefined; message: string }> {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    return { name, status: $metadata?.httpStatusCode, message };
  }
  throw new Error("The call was not refused.");
}

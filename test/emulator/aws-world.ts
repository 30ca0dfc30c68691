import { type Emulator, type EmulatorOptions, startEmulator, type Truth } from "../../src/emulator/index.ts";

/** A Monday noon, UTC: what the world's clock shows unless a test turns it. */
export const NOON_MS = Date.UTC(2026, 7, 24, 12);
export const ACCOUNT = "111122223333";

export interface AwsWorld {
  readonly emulator: Emulator;
  /** For the constructors of the vendor's clients: the main account, one attempt a call. */
  clientOptions(region: string): ClientOptions;
  truth(fromMs: number, toMs: number): Promise<Truth>;
}

interface ClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
}

export async function startAwsWorld(options: EmulatorOptions = {}): Promise<AwsWorld> {
  const emulator = await startEmulator({ providers: ["aws"], now: () => NOON_MS, ...options });
  const { aws } = (await (await fetch(`${emulator.url}/_emulator/credentials`)).json()) as {
    aws: { accessKeyId: string; secretAccessKey: string };
  };
  return {
    emulator,
    clientOptions: (region) => ({
      endpoint: emulator.url,
      region,
      credentials: { accessKeyId: aws.accessKeyId, secretAccessKey: aws.secretAccessKey },
      maxAttempts: 1,
    }),
    truth: async (fromMs, toMs) => {
      const query = new URLSearchParams({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() });
      return (await (await fetch(`${emulator.url}/_emulator/truth?${query}`)).json()) as Truth;
    },
  };
}

import type { SignatureVerdict } from "./cloud.ts";

export interface CallRecord {
  readonly provider: string;
  /** `ec2.DescribeInstances`. */
  readonly operation: string;
  readonly account: string | null;
  readonly region: string | null;
  readonly signature: SignatureVerdict;
  /** The fault that befell it, if one did. */
  readonly fault: string | null;
  /** HTTP status; null where no reply was sent. */
  readonly status: number | null;
  /** Milliseconds since the epoch by the machine's clock, not the world's. `endMs` is null while there is no reply. */
  readonly startMs: number;
  readonly endMs: number | null;
}

const MAX_RECORDS = 100_000;

/** Every call since the start or the last reset, oldest first; the newest 100,000 of them. */
export class CallLog {
  #records: { -readonly [Key in keyof CallRecord]: CallRecord[Key] }[] = [];

  /** Notes a call; the function it returns notes its end. */
  begin(call: Omit<CallRecord, "status" | "endMs">): (status: number | null, endMs: number) => void {
    const record = { ...call, status: null as number | null, endMs: null as number | null };
    this.#records.push(record);
    if (this.#records.length > MAX_RECORDS) this.#records = this.#records.slice(MAX_RECORDS / 10);
    return (status, endMs) => {
      record.status = status;
      record.endMs = endMs;
    };
  }

  get records(): readonly CallRecord[] {
    return this.#records;
  }

  clear(): void {
    this.#records = [];
  }
}

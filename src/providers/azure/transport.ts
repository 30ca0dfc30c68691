import type { HttpClient, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import type { EmulatorMode } from "../shared/emulator-mode.ts";

/** What came back over the wire, as far as errors are made of it. */
export interface Exchange {
  /** Absent when there was no reply. */
  readonly status?: number;
  readonly retryAfterMs?: number;
  /** Only of a reply that is an error. */
  readonly body?: string;
  /** What kept the reply from coming. */
  readonly failure?: Error;
  /** It took longer than one request may. */
  readonly timedOut?: boolean;
}

/** The connection of one request. */
interface Wire {
  readonly httpClient: HttpClient;
  /** The last exchange with Azure; SDKs drop parts of it when they make errors. */
  last(): Exchange | undefined;
}

export interface Transport {
  /** For one request, which ends with the signal, or after the time limit: also while its body is read. */
  open(signal: AbortSignal): Wire;
}

/** Carries the requests of all SDK clients. In emulator mode they go to the emulator, with the vendor's host in their `Host` header. */
export function createTransport(inner: () => Promise<HttpClient>, emulator: EmulatorMode | undefined, requestTimeoutMs: number): Transport {
  return {
    open(signal) {
      let last: Exchange | undefined;
      const send = async (request: PipelineRequest): Promise<PipelineResponse> => {
        const { host } = new URL(request.url);
        const limit = AbortSignal.timeout(requestTimeoutMs);
        const either = AbortSignal.any([signal, limit, ...(request.abortSignal === undefined ? [] : [request.abortSignal as AbortSignal])]);
        request.abortSignal = either;
        if (emulator !== undefined) redirect(request, emulator.url, host);
        try {
          // The SDK's client waits for ever for a compressed body whose connection broke, so that its end is not waited for here.
          const response = await orAborted((await inner()).sendRequest(request), either);
          if (!isOfThisMachine(host)) last = exchangeOf(response);
          return response;
        } catch (error) {
          if (!isOfThisMachine(host))
            last = { failure: error instanceof Error ? error : new Error(String(error)), timedOut: limit.aborted };
          throw error;
        }
      };
      return { httpClient: { sendRequest: send }, last: () => last };
    },
  };
}

/** Credential chains also ask this machine, or its metadata service, where nobody may be: their silence is no answer of Azure. */
function isOfThisMachine(host: string): boolean {
  return /^(localhost|\[|[\d.]+(:|$))/.test(host);
}

/** Only the connection changes: who is asked stays in the header, and with it in what the server sees. */
function redirect(request: PipelineRequest, base: string, host: string): void {
  const { pathname, search } = new URL(request.url);
  request.headers.set("Host", host);
  request.url = `${base}${pathname}${search}`;
  request.allowInsecureConnection = true;
  // Set by the SDK where the environment names a proxy, which does not lead to this machine.
  delete request.agent;
  delete request.proxySettings;
}

function exchangeOf({ status, headers, bodyAsText }: PipelineResponse): Exchange {
  if (status < 400) return { status };
  const retryAfterMs = retryAfterOf((name) => headers.get(name));
  return { status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }), ...(bodyAsText ? { body: bodyAsText } : {}) };
}

/** Seconds in `Retry-After`; Resource Graph says when its quota is new (`x-ms-user-quota-resets-after: 00:00:05`). */
function retryAfterOf(header: (name: string) => string | undefined): number | undefined {
  const milliseconds = Number(header("retry-after-ms") ?? header("x-ms-retry-after-ms"));
  if (milliseconds > 0) return milliseconds;
  const seconds = Number(header("retry-after"));
  if (seconds > 0) return seconds * 1_000;
  const [, hours, minutes, rest] = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(header("x-ms-user-quota-resets-after") ?? "") ?? [];
  const resetsMs = (Number(hours) * 3_600 + Number(minutes) * 60 + Number(rest)) * 1_000;
  return resetsMs > 0 ? resetsMs : undefined;
}

function orAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abandon = () => reject(signal.reason);
    if (signal.aborted) abandon();
    signal.addEventListener("abort", abandon);
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abandon));
  });
}

import { z } from "zod";
import { ConfigurationError, OrchestratorError } from "../errors/index.ts";
import type { CallLog } from "./call-log.ts";
import type { Cloud, CloudReply, CloudRequest } from "./cloud.ts";
import { jsonReply } from "./http-reply.ts";
import { type Truth, truthOf } from "./truth.ts";

const rulesSchema = z.strictObject({ faults: z.array(z.string()).optional(), deny: z.array(z.string()).optional() });
const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const windowSchema = z.object({ from: instant, to: instant }).refine((window) => window.from < window.to, "from must be before to");

/** What the emulator's own paths look at and change. */
export interface Controlled {
  readonly clouds: readonly Cloud[];
  readonly calls: CallLog;
  nowMs(): number;
  setRules(rules: z.infer<typeof rulesSchema>): void;
  reset(): void;
}

/** The truth of a window. @throws ConfigurationError for what is no window. */
export function truthBetween(emulator: Controlled, window: Readonly<Record<string, string>>): Truth {
  const parsed = windowSchema.safeParse(window);
  if (parsed.success) return truthOf(emulator.clouds, parsed.data.from, parsed.data.to, emulator.nowMs());
  throw new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: {
      en: `There is no truth of this window: ${z.prettifyError(parsed.error)}`,
      zh: `时间窗口不正确：${z.prettifyError(parsed.error)}`,
    },
    hint: {
      en: "Give from and to in ISO 8601 with a zone, such as 2026-03-10T09:00:00Z, from before to.",
      zh: "请用带时区的 ISO 8601 写 from 和 to,例如 2026-03-10T09:00:00Z,且 from 早于 to。",
    },
  });
}

/** Answers the emulator's own paths: truth, calls, faults, reset, credentials. */
export function answerControl(request: CloudRequest, emulator: Controlled): CloudReply {
  const url = new URL(request.target, "http://127.0.0.1");
  try {
    switch (`${request.method} ${url.pathname}`) {
      case "GET /_emulator/truth":
        return jsonReply(200, truthBetween(emulator, Object.fromEntries(url.searchParams)));
      case "GET /_emulator/calls":
        return jsonReply(200, { calls: emulator.calls.records });
      case "GET /_emulator/credentials":
        return jsonReply(200, Object.fromEntries(emulator.clouds.map((cloud) => [cloud.id, cloud.credentials])));
      case "POST /_emulator/faults":
        emulator.setRules(rulesSchema.parse(parseBody(request)));
        return jsonReply(200, {});
      case "POST /_emulator/reset":
        emulator.reset();
        return jsonReply(200, {});
      default:
        return jsonReply(404, { message: `There is no ${request.method} ${url.pathname}. Known: ${PATHS.join(", ")}.` });
    }
  } catch (error) {
    if (error instanceof z.ZodError) return jsonReply(400, { message: z.prettifyError(error) });
    if (OrchestratorError.isInstance(error)) return jsonReply(400, error.summary());
    throw error;
  }
}

const PATHS = [
  "GET /_emulator/truth?from=ISO&to=ISO",
  "GET /_emulator/calls",
  "GET /_emulator/credentials",
  "POST /_emulator/faults",
  "POST /_emulator/reset",
] as const;

function parseBody(request: CloudRequest): unknown {
  try {
    return JSON.parse(request.body.toString("utf8"));
  } catch {
    return undefined;
  }
}

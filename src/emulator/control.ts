import { z } from "zod";
import { OrchestratorError } from "../errors/index.ts";
import type { CloudReply, CloudRequest } from "./cloud.ts";
import type { Dispatcher } from "./dispatcher.ts";
import { truthOf } from "./truth.ts";

const rulesSchema = z.strictObject({ faults: z.array(z.string()).optional(), deny: z.array(z.string()).optional() });
const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const windowSchema = z.object({ from: instant, to: instant }).refine((window) => window.from < window.to, "from must be before to");

/** Answers the emulator's own paths: truth, calls, faults, reset, credentials. */
export function answerControl(request: CloudRequest, dispatcher: Dispatcher): CloudReply {
  const url = new URL(request.target, "http://127.0.0.1");
  try {
    switch (`${request.method} ${url.pathname}`) {
      case "GET /_emulator/truth": {
        const window = windowSchema.parse(Object.fromEntries(url.searchParams));
        return json(200, truthOf(dispatcher.clouds, window.from, window.to, dispatcher.nowMs()));
      }
      case "GET /_emulator/calls":
        return json(200, { calls: dispatcher.calls.records });
      case "GET /_emulator/credentials":
        return json(200, Object.fromEntries(dispatcher.clouds.map((cloud) => [cloud.id, cloud.credentials])));
      case "POST /_emulator/faults":
        dispatcher.setRules(rulesSchema.parse(parseBody(request)));
        return json(200, {});
      case "POST /_emulator/reset":
        dispatcher.reset();
        return json(200, {});
      default:
        return json(404, {
          message: `There is no ${request.method} ${url.pathname}. Known: GET /_emulator/truth?from=ISO&to=ISO, GET /_emulator/calls, GET /_emulator/credentials, POST /_emulator/faults, POST /_emulator/reset.`,
        });
    }
  } catch (error) {
    if (error instanceof z.ZodError) return json(400, { message: z.prettifyError(error) });
    if (OrchestratorError.isInstance(error)) return json(400, error.summary());
    throw error;
  }
}

function parseBody(request: CloudRequest): unknown {
  try {
    return JSON.parse(request.body.toString("utf8"));
  } catch {
    return undefined;
  }
}

function json(status: number, body: unknown): CloudReply {
  return { status, headers: { "content-type": "application/json; charset=utf-8" }, body: JSON.stringify(body) };
}

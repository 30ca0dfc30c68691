import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { Runtime } from "../../contracts/index.ts";
import { ConfigurationError } from "../../errors/index.ts";

/** `NEPHOSCOPE_STORE=sqlite:PATH`, else `nephoscope/runs.db` in the state folder of the XDG base directory specification. */
export function defaultStorePath(env: Runtime["env"]): string {
  const named = env.NEPHOSCOPE_STORE?.trim();
  if (named) {
    const path = /^sqlite:(.+)$/.exec(named)?.[1];
    if (path === undefined) throw notSqlite();
    return path === ":memory:" ? path : resolve(path);
  }
  // The specification has relative paths ignored.
  const state = env.XDG_STATE_HOME?.startsWith("/") ? env.XDG_STATE_HOME : join(homedir(), ".local", "state");
  return join(state, "nephoscope", "runs.db");
}

function notSqlite(): ConfigurationError {
  // The value is not repeated: the URL of another store may hold a password.
  return new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: "NEPHOSCOPE_STORE does not begin with sqlite: and a path.", zh: "NEPHOSCOPE_STORE 不是以 sqlite: 加路径的形式给出。" },
    hint: {
      en: "Example: NEPHOSCOPE_STORE=sqlite:/var/lib/nephoscope/runs.db",
      zh: "示例：NEPHOSCOPE_STORE=sqlite:/var/lib/nephoscope/runs.db",
    },
    details: { variable: "NEPHOSCOPE_STORE" },
  });
}

import { startEmulator } from "nephoscope/emulator";
import { languageOf } from "nephoscope/presentation";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import type { Host } from "../host.ts";
import { usageError } from "../usage-error.ts";

export interface EmulatorFlags {
  readonly port?: string;
  readonly seed?: string;
  readonly instances?: string;
  readonly latencyMs?: string;
  readonly fault?: readonly string[];
  readonly deny?: readonly string[];
  readonly provider?: readonly string[];
}

/** Runs until it is told to stop, which is its proper end. */
export async function emulator(host: Host, flags: EmulatorFlags): Promise<ExitStatus> {
  const running = await startEmulator({
    ...number("port", "--port", flags.port),
    ...number("seed", "--seed", flags.seed),
    ...number("instances", "--instances", flags.instances),
    ...number("latencyMs", "--latency-ms", flags.latencyMs),
    ...(flags.fault === undefined ? {} : { faults: flags.fault }),
    ...(flags.deny === undefined ? {} : { deny: flags.deny }),
    ...(flags.provider === undefined ? {} : { providers: flags.provider }),
  });
  host.stdout.write(`${JSON.stringify({ url: running.url, env: running.env })}\n`);
  if (host.stdout.columns !== null) {
    const variables = Object.entries(running.env).map(([name, value]) => `${name}=${value}`);
    const zh = languageOf("", host.env) === "zh";
    const line = `export ${variables.join(" ")}`;
    host.stderr.write(zh ? `在另一个终端执行：${line}\n按 Ctrl-C 停止。\n` : `In another terminal: ${line}\nCtrl-C stops it.\n`);
  }
  if (!host.signal.aborted) await new Promise((resolve) => host.signal.addEventListener("abort", resolve, { once: true }));
  await running.close();
  return EXIT.complete;
}

function number<Name extends string>(name: Name, option: string, text: string | undefined): { readonly [Key in Name]?: number } {
  if (text === undefined) return {};
  if (!/^\d+(\.\d+)?$/.test(text)) {
    throw usageError(
      { en: `${option} is no number: ${text}`, zh: `${option} 不是数字：${text}` },
      { en: "Write digits only.", zh: "请只写数字。" },
    );
  }
  return { [name]: Number(text) } as { readonly [Key in Name]?: number };
}

import { accessSync, constants, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { RunOptions } from "nephoscope";
import { parseDuration } from "./durations.ts";
import type { Host } from "./host.ts";
import { usageError } from "./usage-error.ts";

/** Options of the commands that run something, as the argument parser hands them over. */
export interface RunFlags {
  readonly provider?: readonly string[];
  readonly account?: readonly string[];
  readonly region?: readonly string[];
  readonly tag?: readonly string[];
  readonly timeout?: string;
  readonly timezone?: string;
  readonly config?: string;
  readonly planOnly?: boolean;
  readonly model?: boolean;
  readonly samples?: boolean;
  readonly thread?: string;
  readonly csv?: string;
  readonly chart?: string;
  readonly links?: boolean;
  readonly json?: boolean;
  readonly jsonl?: boolean;
}

/** What the flags mean for a run. Throws for values that mean nothing. */
export function toRunOptions(flags: RunFlags, { signal, user }: Pick<Host, "signal" | "user">): RunOptions {
  const where = {
    ...(flags.provider === undefined ? {} : { providers: flags.provider }),
    ...(flags.account === undefined ? {} : { accounts: flags.account }),
    ...(flags.region === undefined ? {} : { regions: flags.region }),
    ...(flags.tag === undefined ? {} : { tags: toTags(flags.tag) }),
  };
  return {
    signal,
    askedBy: { via: "local", id: user },
    ...(Object.keys(where).length === 0 ? {} : { where }),
    ...(flags.thread === undefined ? {} : { thread: flags.thread }),
    ...(flags.timeout === undefined ? {} : { timeoutMs: parseDuration(flags.timeout, "--timeout", "s") }),
    ...(flags.model === false ? { model: false } : {}),
    ...(flags.samples === false ? { samples: false } : {}),
  };
}

function toTags(texts: readonly string[]): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const text of texts) {
    const split = text.indexOf("=");
    const key = text.slice(0, Math.max(0, split)).trim();
    if (key === "") {
      throw usageError(
        { en: `--tag is not of the form key=value: ${text}`, zh: `--tag 不是 键=值 的形式：${text}` },
        { en: "Write for example --tag env=prod.", zh: "例如：--tag env=prod。" },
      );
    }
    if (key in tags) {
      throw usageError(
        { en: `--tag gives ${key} twice.`, zh: `--tag 给出了两次 ${key}。` },
        {
          en: "A resource has each tag once; put alternatives into the question.",
          zh: "每个资源的同名标签只有一个值；多个取值请写在问题里。",
        },
      );
    }
    tags[key] = text.slice(split + 1).trim();
  }
  return tags;
}

/** Makes sure that the answer can be written to the files it is asked for in, before the clouds are asked. */
export async function prepareOutputs(flags: Pick<RunFlags, "csv" | "chart">, folder: string): Promise<void> {
  if (flags.chart !== undefined && !/\.png$/i.test(flags.chart)) {
    throw usageError(
      { en: `--chart writes PNG files only: ${flags.chart}`, zh: `--chart 只能写 PNG 文件：${flags.chart}` },
      { en: "Write for example --chart cpu.png.", zh: "例如：--chart cpu.png。" },
    );
  }
  if (flags.csv !== undefined) checkWritable(resolve(folder, flags.csv), "--csv");
  if (flags.chart !== undefined) {
    checkWritable(resolve(folder, flags.chart), "--chart");
    const { checkChartPackages } = await import("nephoscope/presentation");
    await checkChartPackages();
  }
}

/** Throws a sentence when no file can be written at `path`. */
export function checkWritable(path: string, option: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  try {
    if (!found?.isDirectory()) {
      accessSync(found === undefined ? dirname(path) : path, constants.W_OK);
      return;
    }
  } catch {
    // Told below.
  }
  throw usageError(
    { en: `${option} cannot be written: ${path}`, zh: `${option} 无法写入：${path}` },
    { en: "Name a file in a folder that exists and that you may write to.", zh: "请指定一个已存在且可写的文件夹中的文件。" },
  );
}

import { languageOf, visibleText } from "nephoscope/presentation";
import type { RunFlags } from "../ask-options.ts";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { writeJson } from "../failure.ts";
import type { Host } from "../host.ts";
import { openSession } from "../session.ts";

const MAX_HITS = 10;

/** Builds or refreshes the index of API operations. */
export async function syncKnowledge(host: Host, flags: Pick<RunFlags, "config" | "json" | "provider">): Promise<ExitStatus> {
  const session = await openSession(host, { ...flags, model: false }, { patient: true });
  const zh = languageOf("", host.env) === "zh";
  const live = host.stderr.columns !== null && !flags.json;
  try {
    const report = await session.orchestrator.syncKnowledge({
      signal: host.signal,
      ...(flags.provider === undefined ? {} : { providers: flags.provider }),
      progress: ({ done, total }) => live && host.stderr.write(`\r${zh ? "索引" : "index"} ${done}/${total}`),
    });
    if (live) host.stderr.write("\r\x1b[K");
    const { added, updated, removed, unchanged } = report;
    if (flags.json) writeJson(host, report);
    else
      host.stdout.write(
        zh
          ? `新增 ${added}，更新 ${updated}，删除 ${removed}，未变 ${unchanged}\n`
          : `${added} added, ${updated} updated, ${removed} removed, ${unchanged} unchanged\n`,
      );
    return EXIT.complete;
  } finally {
    await session.close();
  }
}

/** Looks into the index: which operations would be offered for these words. */
export async function searchKnowledge(
  host: Host,
  words: string,
  flags: Pick<RunFlags, "config" | "json" | "provider">,
): Promise<ExitStatus> {
  const session = await openSession(host, { ...flags, model: false });
  try {
    const providers = flags.provider === undefined ? {} : { providers: flags.provider };
    const { hits, notes } = await session.orchestrator.searchKnowledge(
      { text: words, kinds: ["operation"], limit: MAX_HITS, ...providers },
      host.signal,
    );
    const language = languageOf(words, host.env);
    if (flags.json) writeJson(host, { hits, notes: notes.map((note) => note[language]) });
    else {
      const none = language === "zh" ? "没有找到。" : "Nothing was found.";
      const lines = hits.map(({ id, score }) => `${score.toFixed(1).padStart(7)}  ${visibleText(id)}`);
      host.stdout.write(`${(lines.length === 0 ? [none] : lines).join("\n")}\n`);
      for (const note of notes) host.stderr.write(`${note[language]}\n`);
    }
    return hits.length === 0 ? EXIT.failed : EXIT.complete;
  } finally {
    await session.close();
  }
}

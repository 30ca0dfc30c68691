import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { OrchestratorError, type RunDocument, type RunEvent } from "nephoscope";
import { csvText, StepList, visibleJson } from "nephoscope/presentation";
import { askAtOnce } from "./ask-at-once.ts";
import { type RunFlags, toRunOptions } from "./ask-options.ts";
import { EXIT, type ExitStatus, exitStatusOf } from "./exit-status.ts";
import { writeJson } from "./failure.ts";
import type { Host, Output } from "./host.ts";
import { documentLines } from "./render/document.ts";
import { LiveSteps, stepMark, stepText } from "./render/live-steps.ts";
import { planLines } from "./render/plan.ts";
import type { Session } from "./session.ts";

export interface Presentation {
  readonly flags: RunFlags;
  readonly session: Pick<Session, "timezone" | "providers" | "orchestrator">;
  /** Shows the plan before the steps begin. */
  readonly showPlan?: boolean;
}

/** Follows a run to its end, shows it as the flags want it, writes the files, and tells the exit status. */
export async function presentRun(host: Host, events: AsyncIterable<RunEvent>, presentation: Presentation): Promise<ExitStatus> {
  const document = await follow(host, events, presentation);
  const { flags } = presentation;
  const interrupted = document.error?.code === "RUN_INTERRUPTED";
  if (document.status === "waiting") {
    const decisions = await askAtOnce(host, document, presentation);
    if (decisions.length > 0) {
      const events = presentation.session.orchestrator.resume(document.runId, decisions, toRunOptions(flags, host));
      return await presentRun(host, events, presentation);
    }
  }
  if (flags.json) writeJson(host, document);
  else if (!flags.jsonl) {
    const output = document.status === "failed" ? host.stderr : host.stdout;
    output.write(`${documentLines(document, { ...context(document, output, presentation), rowLinks: flags.links === true }).join("\n")}\n`);
  }
  const written = await writeFiles(host, document, presentation);
  if (interrupted) return EXIT.interrupted;
  return written ? exitStatusOf(document) : EXIT.failed;
}

async function follow(host: Host, events: AsyncIterable<RunEvent>, { flags, showPlan }: Presentation): Promise<RunDocument> {
  const { columns, style } = host.stderr;
  const live =
    columns === null || flags.jsonl
      ? undefined
      : new LiveSteps({ columns, style, write: (text) => host.stderr.write(text), now: () => host.now() });
  const steps = new StepList();
  let document: RunDocument | undefined;
  let runId: string | undefined;
  try {
    for await (const event of events) {
      runId = event.runId;
      if (flags.jsonl) host.stdout.write(`${visibleJson(JSON.stringify(event))}\n`);
      if (showPlan && event.type === "plan-end") host.stdout.write(`${planLines(event.plan, host.stdout.style).join("\n")}\n\n`);
      steps.update(event);
      live?.update(event);
      if ("document" in event) document = event.document;
    }
  } finally {
    live?.stop();
  }
  if (document === undefined) throw endedEarly(runId);
  // The tour shows the steps where nobody could see them running, too.
  if (showPlan && live === undefined) {
    const lines = steps.lines(host.now()).map((line) => `${stepMark(line.state, host.stdout.style)} ${stepText(line)}\n`);
    host.stdout.write(`${lines.join("")}\n`);
  }
  return document;
}

function endedEarly(runId: string | undefined): OrchestratorError {
  return new OrchestratorError({
    code: "INTERNAL",
    message: { en: "The run ended without an answer and without saying why.", zh: "运行已结束，但没有给出结果，也没有说明原因。" },
    hint:
      runId === undefined
        ? { en: "This is a defect of nephoscope. Please report it.", zh: "这是 nephoscope 的缺陷，请报告给我们。" }
        : {
            en: `This is a defect of nephoscope. Please report it with the run id ${runId}; nephoscope resume ${runId} may go on with it.`,
            zh: `这是 nephoscope 的缺陷，请附上运行编号 ${runId} 报告给我们；也可尝试 nephoscope resume ${runId} 继续执行。`,
          },
  });
}

function context(document: RunDocument, output: Output, { session }: Presentation) {
  return {
    language: document.language,
    timezone: document.window?.timezone ?? session.timezone,
    accountNames: Object.assign({}, ...session.providers.map((provider) => provider.accountNames)) as Readonly<Record<string, string>>,
    style: output.style,
    width: output.columns,
  };
}

/** False when a file that was asked for could not be written. */
async function writeFiles(host: Host, document: RunDocument, { flags, session }: Presentation): Promise<boolean> {
  let good = true;
  const zh = document.language === "zh";
  const tell = (text: string) => host.stderr.write(`${text}\n`);
  const table = document.answer?.table ?? null;
  for (const [option, name] of [
    ["csv", flags.csv],
    ["chart", flags.chart],
  ] as const) {
    if (name === undefined) continue;
    const file = resolve(host.folder, name);
    if (table === null || (option === "chart" && table.rows.length === 0)) {
      tell(zh ? `没有可写的数据，未写入 ${file}` : `There is nothing to write; ${file} was not written.`);
      continue;
    }
    try {
      if (option === "csv") await writeFile(file, csvText(table));
      else {
        const { chartPng } = await import("nephoscope/presentation");
        await writeFile(
          file,
          await chartPng(document, { language: document.language, timezone: document.window?.timezone ?? session.timezone }),
        );
      }
      tell(zh ? `已写入 ${file}（${table.rows.length} 行）` : `Wrote ${file} (${table.rows.length} rows)`);
    } catch (error) {
      good = false;
      const said = error instanceof Error ? error.message : String(error);
      tell(host.stderr.style.red(zh ? `✖ 未能写入 ${file}：${said}` : `✖ ${file} could not be written: ${said}`));
    }
  }
  return good;
}

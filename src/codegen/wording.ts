import type { ApprovalSubject, CodeAttempt, CodeProblem, OperationClass, ProgramOperation, Provider } from "../contracts/index.ts";
import { CodeError, type Language, type Text } from "../errors/index.ts";

/** Why code is needed at all: the first thing who approves wants to know. */
export function whyCode(language: Language): string {
  return language === "zh"
    ? "没有内置工具能回答该问题，因此根据云厂商的接口说明编写了一段程序。"
    : "No built-in tool answers this question, so a program was written from the cloud's API description.";
}

const CLASSES: Readonly<Record<OperationClass, Text>> = {
  read: { en: "read", zh: "只读" },
  write: { en: "write", zh: "写操作" },
  sensitive: { en: "sensitive", zh: "读取机密" },
};

const STAGES: Readonly<Record<CodeProblem["stage"], Text>> = {
  reply: { en: "reply", zh: "回复" },
  syntax: { en: "syntax", zh: "语法" },
  types: { en: "types", zh: "类型检查" },
  policy: { en: "rules", zh: "规则检查" },
  rehearsal: { en: "rehearsal", zh: "预演" },
  review: { en: "asked to be changed", zh: "要求修改" },
};

/** What would run, in a sentence of our own: no word of the program or of a description is in it. */
export function summaryOf({ program, scopes, emulated }: ApprovalSubject, language: Language): string {
  const operations = program.operations.map(
    ({ operation, class: operationClass }) => `${operation.id} (${CLASSES[operationClass][language]})`,
  );
  const accounts = new Set(scopes.map(({ account }) => account)).size;
  const text =
    language === "zh"
      ? `在 ${accounts} 个账号的 ${scopes.length} 个范围内运行生成的代码，调用：${operations.join("、")}`
      : `Run generated code in ${scopes.length} place${scopes.length === 1 ? "" : "s"} of ${accounts} account${accounts === 1 ? "" : "s"}, calling ${operations.join(", ")}`;
  return emulated ? `${language === "zh" ? "【模拟】" : "[emulated] "}${text}` : text;
}

/** Nothing to write a program with. */
export function noOperation(providers: readonly Provider[], excluded: readonly ProgramOperation[]): CodeError {
  const names = { en: providers.map(({ name }) => name.en).join(", "), zh: providers.map(({ name }) => name.zh).join("、") };
  const [first] = excluded;
  if (first !== undefined) {
    return new CodeError({
      code: "CODE_NO_OPERATION",
      message: {
        en: `What was found for this is not allowed: ${first.operation.id} is classified as ${first.class}.`,
        zh: `找到的接口不被允许：${first.operation.id} 属于 ${first.class} 类。`,
      },
      hint: {
        en: "Writes and reads of secrets are off unless the operator turns them on.",
        zh: "除非管理员开启，否则不允许写操作和读取机密的操作。",
      },
      details: { operation: first.operation.id, class: first.class },
    });
  }
  return new CodeError({
    code: "CODE_NO_OPERATION",
    message: { en: `No operation of ${names.en} was found that answers this.`, zh: `没有找到能回答该问题的 ${names.zh} 接口。` },
    hint: {
      en: "Name the cloud and the kind of thing that is meant, or refresh the index: nephoscope knowledge sync",
      zh: "请在问题中写明是哪个云、哪类资源，或更新索引：nephoscope knowledge sync",
    },
  });
}

/** After the last attempt: each program, what was wrong with it, and what the person could try. */
export function notWritten(attempts: readonly CodeAttempt[]): CodeError {
  const report = (language: Language) =>
    attempts
      .map(({ code, problems }, index) =>
        [heading(index + 1, language), ...problems.map((problem) => problemLine(problem, language)), indented(code)].join("\n"),
      )
      .join("\n");
  return new CodeError({
    code: "CODE_NOT_WRITTEN",
    message: {
      en: `No working program was written in ${attempts.length} attempts.\n${report("en")}`,
      zh: `${attempts.length} 次尝试都没有写出可用的程序。\n${report("zh")}`,
    },
    hint: {
      en: "Name the resource and the fields that are wanted, ask about one cloud, or use another model.",
      zh: "请写明要查询的资源和字段，一次只问一个云，或换一个模型。",
    },
    details: { attempts: attempts.length },
  });
}

function heading(attempt: number, language: Language): string {
  return language === "zh" ? `第 ${attempt} 次：` : `Attempt ${attempt}:`;
}

function problemLine({ stage, message, line, column }: CodeProblem, language: Language): string {
  return `  ${STAGES[stage][language]}${line === null ? "" : ` ${line}:${column ?? 1}`}: ${message}`;
}

function indented(code: string): string {
  return code === ""
    ? ""
    : code
        .split("\n")
        .map((line, index) => `    ${String(index + 1).padStart(3)}  ${line}`)
        .join("\n");
}

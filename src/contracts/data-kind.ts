import { QuestionError, type Text } from "../errors/index.ts";

/** What an answer is made of. Log lines and traces are told apart, because people write secrets and names into them. */
export const DATA_KINDS = ["resources", "metrics", "alarms", "logs", "traces", "code"] as const;

export type DataKind = (typeof DATA_KINDS)[number];

/** What each tool that asks a cloud brings. */
export const DATA_OF_TOOL: Readonly<Record<string, DataKind>> = {
  "resources.list": "resources",
  "metrics.query": "metrics",
  "alarms.list": "alarms",
  "logs.query": "logs",
  "traces.query": "traces",
  "code.run": "code",
};

const NAMES: Readonly<Record<DataKind, Text>> = {
  resources: { en: "Lists of resources", zh: "资源列表" },
  metrics: { en: "Metrics", zh: "指标" },
  alarms: { en: "Alarms", zh: "告警" },
  logs: { en: "Log lines", zh: "日志" },
  traces: { en: "Traces", zh: "链路追踪" },
  code: { en: "Answers that need generated code", zh: "需要生成代码才能得到的结果" },
};

export function dataNotAllowed(kind: DataKind): QuestionError {
  const { en, zh } = NAMES[kind];
  return new QuestionError({
    code: "DATA_NOT_ALLOWED",
    message: { en: `${en} may not be shown here.`, zh: `此处不允许显示${zh}。` },
    hint: {
      en: "Ask where it is allowed, in a private conversation for example, or have whoever runs this allow it.",
      zh: "请在允许的地方提问（例如私聊），或请管理员放开限制。",
    },
    details: { data: kind },
  });
}

import { METRICS, type PlanningFacts, type Unit } from "../contracts/index.ts";
import { nearest, QuestionError } from "../errors/index.ts";

const EXAMPLES = {
  en: 'Examples: "servers in prod with CPU over 80% in the last 5 minutes", "average memory by region", "error logs of checkout in the last hour", "slowest requests", "what is alarming now".',
  zh: "例如：“列出 CPU > 80% 的服务器”“按区域统计平均内存”“checkout 最近一小时的错误日志”“最慢的 10 个请求”“现在有哪些告警”。",
} as const;

export function questionEmpty(): QuestionError {
  return new QuestionError({ code: "QUESTION_EMPTY", message: { en: "The question is empty.", zh: "问题是空的。" }, hint: EXAMPLES });
}

export function questionTooLong(length: number, limit: number): QuestionError {
  return new QuestionError({
    code: "QUESTION_NOT_UNDERSTOOD",
    message: {
      en: `The question has ${length} characters; up to ${limit} can be understood without a model.`,
      zh: `问题有 ${length} 个字符；不使用模型时最多能理解 ${limit} 个。`,
    },
    hint: EXAMPLES,
  });
}

export function notUnderstood(words: readonly string[]): QuestionError {
  const list = words.map((word) => `"${word}"`).join(", ");
  const han = words.map((word) => `“${word}”`).join("、");
  return new QuestionError({
    code: "QUESTION_NOT_UNDERSTOOD",
    message: { en: `Not understood here: ${list}.`, zh: `没有看懂：${han}。` },
    hint: {
      en: `Leave the words out or say it differently, or configure a model. ${EXAMPLES.en}`,
      zh: `请去掉这些词或换个说法，或者配置一个模型。${EXAMPLES.zh}`,
    },
    details: { words: words.join(" ") },
  });
}

/** Every word is known, but not what they mean together. */
export function ambiguous(en: string, zh: string): QuestionError {
  return new QuestionError({ code: "QUESTION_NOT_UNDERSTOOD", message: { en, zh }, hint: EXAMPLES });
}

/** "Checkout servers": a tag, a team, a name? */
export function whoseResources(word: string): QuestionError {
  return new QuestionError({
    code: "QUESTION_NOT_UNDERSTOOD",
    message: { en: `"${word}" may be a tag, a team or a part of a name.`, zh: `“${word}”可能是标签、团队，或者名称的一部分。` },
    hint: {
      en: `Write service=${word}, team=${word} or "name contains ${word}".`,
      zh: `请写 service=${word}、team=${word}，或者“名称包含 ${word}”。`,
    },
    details: { words: word },
  });
}

export function offTopic(): QuestionError {
  return new QuestionError({
    code: "QUESTION_OFF_TOPIC",
    message: {
      en: "This is no question about what runs in your clouds: servers, databases, functions, load balancers, their metrics, logs, traces and alarms.",
      zh: "这不是关于云上资源的问题。可以问：服务器、数据库、函数、负载均衡，以及它们的指标、日志、链路和告警。",
    },
    hint: EXAMPLES,
  });
}

export function writeRequest(word: string): QuestionError {
  return new QuestionError({
    code: "QUESTION_WRITE_REQUEST",
    message: {
      en: `"${word}" would change something, and only reading is possible here.`,
      zh: `“${word}”会改变云上的资源，这里只能查询。`,
    },
    hint: {
      en: "Ask which resources it is about, then change them with your usual tools.",
      zh: "可以先查出是哪些资源，再用您平时的工具去操作。",
    },
    details: { word },
  });
}

export function withoutContext(word: string): QuestionError {
  return new QuestionError({
    code: "QUESTION_WITHOUT_CONTEXT",
    message: {
      en: `"${word}" points at an earlier answer, and there is none in this thread.`,
      zh: `“${word}”指的是上一次的结果，而这个会话里还没有。`,
    },
    hint: {
      en: 'Name what you mean ("servers in prod with CPU over 80%"), or ask in the thread of the earlier question (--thread NAME).',
      zh: "请直接说明要查什么(例如“生产环境 CPU 超过 80% 的服务器”),或者在之前那个问题的会话里提问(--thread NAME)。",
    },
    details: { word },
  });
}

export function contradictory(en: string, zh: string): QuestionError {
  return new QuestionError({
    code: "QUESTION_CONTRADICTORY",
    message: { en: `The conditions contradict each other: ${en}.`, zh: `条件互相矛盾：${zh}。` },
    hint: { en: 'Drop one of them, or join them with "or".', zh: "请去掉其中一个，或者用“或”连接。" },
  });
}

export function providerUnknown(word: string, facts: PlanningFacts): QuestionError {
  const known = facts.providers.map((provider) => provider.name);
  return new QuestionError({
    code: "PROVIDER_UNKNOWN",
    message: { en: `No cloud called "${word}" is configured.`, zh: `没有配置名为“${word}”的云。` },
    hint: {
      en: `Configured: ${known.map((name) => name.en).join(", ") || "none"}. It may not be supported yet, or not be configured.`,
      zh: `已配置：${known.map((name) => name.zh).join("、") || "无"}。该云可能尚未支持，或没有配置。`,
    },
    details: { provider: word },
  });
}

export function accountUnknown(word: string, facts: PlanningFacts): QuestionError {
  const known = facts.providers.flatMap((provider) => Object.entries(provider.accountNames).map(([id, name]) => `${name} (${id})`));
  return new QuestionError({
    code: "ACCOUNT_UNKNOWN",
    message: { en: `No account called "${word}" is configured.`, zh: `没有配置名为“${word}”的账号。` },
    hint: {
      en: `Known accounts: ${known.join(", ") || "none by name"}. An account id of 12 digits works too.`,
      zh: `已知账号：${known.join("、") || "没有命名的账号"}。也可以直接写 12 位账号 ID。`,
    },
    details: { account: word },
  });
}

export function regionUnknown(word: string, facts: PlanningFacts): QuestionError {
  const regions = facts.providers.flatMap((provider) => provider.regions);
  const names = regions.flatMap((region) => [region.id, ...region.places].map((name) => ({ name, id: region.id })));
  const close = nearest(
    word,
    names.map((each) => each.name),
    3,
  );
  const ids = [...new Set(close.flatMap((name) => names.filter((each) => each.name === name).map((each) => each.id)))].slice(0, 3);
  const shown = (ids.length > 0 ? ids : regions.slice(0, 3).map((region) => region.id)).join(", ");
  return new QuestionError({
    code: "REGION_UNKNOWN",
    message: { en: `"${word}" is no region or place known here.`, zh: `没有名为“${word}”的区域。` },
    hint: {
      en: `Nearest: ${shown}. Write the region's id or its city; for a tag write key=value, for a name "named ${word}".`,
      zh: `最接近的是：${shown}。请写区域 ID 或城市名；如果是标签请写 key=value,如果是名称请写“名为 ${word}”。`,
    },
    details: { region: word, nearest: shown },
  });
}

export function metricUnknown(word: string, facts: PlanningFacts): QuestionError {
  const names = Object.keys(facts.metrics);
  const titles = names.flatMap((name) =>
    [name, facts.metrics[name]?.title.en ?? name, facts.metrics[name]?.title.zh ?? name].map((title) => ({ name, title })),
  );
  const close = nearest(
    word,
    titles.map((each) => each.title),
    4,
  );
  const found = [...new Set(close.flatMap((title) => titles.filter((each) => each.title === title).map((each) => each.name)))];
  const shown = [...new Set([...found, ...names])].slice(0, 4).join(", ");
  return new QuestionError({
    code: "METRIC_UNKNOWN",
    message: { en: `"${word}" is no metric known here.`, zh: `没有名为“${word}”的指标。` },
    hint: {
      en: `Nearest: ${shown}. A native name works too, such as AWS/EC2:CPUUtilization.`,
      zh: `最接近的是：${shown}。也可以直接写云厂商的指标名，例如 AWS/EC2:CPUUtilization。`,
    },
    details: { metric: word, nearest: shown },
  });
}

const UNIT_EXAMPLES: Readonly<Record<Unit, string>> = {
  percent: "80%",
  bytes: "10 GB",
  "bytes/second": "100 MB/s, 10 Mbps",
  count: "100",
  "count/second": "500, 500/s",
  seconds: "2 s",
  milliseconds: "500 ms, 2 s",
};

export function unitMissing(metric: string, text: string, unit: Unit): QuestionError {
  return unitError("UNIT_MISSING", metric, unit, {
    en: `"${text}" needs a unit: ${titleOf(metric).en} is measured in ${unit}.`,
    zh: `“${text}”缺少单位：${titleOf(metric).zh}的单位是 ${unit}。`,
  });
}

export function unitMismatch(metric: string, text: string, unit: Unit): QuestionError {
  return unitError("UNIT_MISMATCH", metric, unit, {
    en: `"${text}" does not fit ${titleOf(metric).en}, which is measured in ${unit}.`,
    zh: `“${text}”与${titleOf(metric).zh}不符，它的单位是 ${unit}。`,
  });
}

function unitError(code: "UNIT_MISSING" | "UNIT_MISMATCH", metric: string, unit: Unit, message: { en: string; zh: string }): QuestionError {
  const example = UNIT_EXAMPLES[unit];
  return new QuestionError({
    code,
    message,
    hint: { en: `Write for example ${example}.`, zh: `例如写：${example}。` },
    details: { metric, unit },
  });
}

export function windowInvalid(en: string, zh: string): QuestionError {
  return new QuestionError({
    code: "WINDOW_INVALID",
    message: { en, zh },
    hint: {
      en: 'Write for example "last 5 minutes", "yesterday from 9am to 11am" or "since 14:00".',
      zh: "例如写：“过去 5 分钟”“昨天 9 点到 11 点”“14:00 以来”。",
    },
  });
}

function titleOf(metric: string): { readonly en: string; readonly zh: string } {
  return (METRICS as Readonly<Record<string, { title: { en: string; zh: string } }>>)[metric]?.title ?? { en: metric, zh: metric };
}

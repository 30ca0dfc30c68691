import { ConfigurationError } from "../errors/index.ts";

export const FAULT_KINDS = ["throttle", "500", "timeout", "reset", "malformed", "expired", "lost-page", "slow"] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** `PROVIDER:OPERATION:KIND[:TIMES]`. */
export interface FaultRule {
  readonly provider: string;
  /** `*`: every operation. */
  readonly operation: string;
  readonly kind: FaultKind;
  /** Infinity: always. */
  readonly times: number;
}

/** `PROVIDER:REGION`. */
export interface DenyRule {
  readonly provider: string;
  readonly region: string;
}

/** What rules may name, by provider. */
export type KnownNames = ReadonlyMap<string, { readonly operations: readonly string[]; readonly regions: readonly string[] }>;

/** Reads a fault rule. @throws ConfigurationError for anything that could never happen. */
export function parseFaultRule(text: string, known: KnownNames): FaultRule {
  const [provider = "", operation = "", kind = "", times, ...rest] = text.split(":");
  if (kind === "" || rest.length > 0) throw malformed("fault", text, "PROVIDER:OPERATION:KIND[:TIMES]", "aws:DescribeInstances:throttle:2");
  const { operations } = knownProvider("fault", text, provider, known);
  if (operation !== "*" && !operations.includes(operation)) throw unknown("fault", text, "operation", operation, ["*", ...operations]);
  const faultKind = FAULT_KINDS.find((one) => one === kind);
  if (faultKind === undefined) throw unknown("fault", text, "kind", kind, FAULT_KINDS);
  if (times !== undefined && !/^[1-9]\d{0,8}$/.test(times)) {
    throw new ConfigurationError({
      code: "CONFIGURATION_INVALID",
      message: {
        en: `The fault "${text}" says "${times}" times, which is no whole number from 1.`,
        zh: `故障规则 "${text}" 中的次数 "${times}" 不是大于等于 1 的整数。`,
      },
      hint: { en: "Give a number such as 2, or leave it out: then the fault never stops.", zh: "请写一个整数，例如 2;不写则一直发生。" },
    });
  }
  return { provider, operation, kind: faultKind, times: times === undefined ? Number.POSITIVE_INFINITY : Number(times) };
}

/** Reads a deny rule. @throws ConfigurationError for an unknown provider or region. */
export function parseDenyRule(text: string, known: KnownNames): DenyRule {
  const [provider = "", region = "", ...rest] = text.split(":");
  if (region === "" || rest.length > 0) throw malformed("deny", text, "PROVIDER:REGION", "aws:eu-west-1");
  const { regions } = knownProvider("deny", text, provider, known);
  if (!regions.includes(region)) throw unknown("deny", text, "region", region, regions);
  return { provider, region };
}

type RuleName = "fault" | "deny";
type Part = "provider" | "operation" | "kind" | "region";

const RULE_NAMES = { fault: { en: "fault", zh: "故障规则" }, deny: { en: "deny rule", zh: "拒绝规则" } } as const;
const PART_NAMES: Readonly<Record<Part, string>> = { provider: "云", operation: "操作", kind: "种类", region: "区域" };

function knownProvider(rule: RuleName, text: string, provider: string, known: KnownNames) {
  const names = known.get(provider);
  if (names === undefined) throw unknown(rule, text, "provider", provider, [...known.keys()]);
  return names;
}

function malformed(rule: RuleName, text: string, form: string, example: string): ConfigurationError {
  const name = RULE_NAMES[rule];
  return new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: `The ${name.en} "${text}" is not of the form ${form}.`, zh: `${name.zh} "${text}" 的格式不是 ${form}。` },
    hint: { en: `Write for example ${example}.`, zh: `例如：${example}。` },
  });
}

function unknown(rule: RuleName, text: string, part: Part, value: string, known: readonly string[]): ConfigurationError {
  const name = RULE_NAMES[rule];
  return new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: {
      en: `The ${name.en} "${text}" names the ${part} "${value}", which the emulator does not know.`,
      zh: `${name.zh} "${text}" 中的${PART_NAMES[part]} "${value}" 不存在。`,
    },
    hint: { en: `Known: ${known.join(", ")}.`, zh: `可用的有：${known.join("、")}。` },
  });
}

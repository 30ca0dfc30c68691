import type { Plan, Receipt, ResourceWhere, ToolInput } from "../../contracts/index.ts";
import type { Language } from "../../errors/index.ts";
import { type AnswerFacts, conditionsOf, nounOf, sourceStep, whenText } from "./answer-facts.ts";
import { whereTexts } from "./conditions.ts";
import { formatCount } from "./format.ts";
import { withoutValue } from "./without-value.ts";

/** What an empty table means, what was asked for, and what was looked at. */
export function nothingMatched(facts: AnswerFacts): string {
  const { plan, receipt } = facts;
  const { language } = plan;
  const when = whenText(facts);
  const conditions = [...conditionsOf(plan, language), ...(when === "" ? [] : [when])];
  const zh = language === "zh";
  const asked = conditions.length === 0 ? "" : zh ? `条件：${conditions.join("，")}。` : `Asked for: ${conditions.join("; ")}.`;
  const sentences = [verdict(receipt, language), asked, lookedAt(facts), withoutValue(facts), tagHint(facts)].filter(
    (sentence) => sentence !== "",
  );
  return sentences.join(zh ? "" : " ");
}

/** Resources were found and asked, and none of them answered, because of what clouds refused or failed to do. */
export function nothingRead(receipt: Receipt): boolean {
  const listed = receipt.scopes.filter((scope) => scope.listing !== "failed");
  const unread = listed.reduce((total, scope) => total + scope.throttled + scope.denied + scope.failed, 0);
  return unread > 0 && listed.every((scope) => scope.answered === 0);
}

/** Nothing matched, or nothing is known: a reader must not take one for the other. */
function verdict(receipt: Receipt, language: Language): string {
  if (nothingRead(receipt)) {
    return language === "zh" ? "没有读到任何数据，因此无法判断哪些匹配。" : "No value could be read, so it is not known what matches.";
  }
  const listed = receipt.scopes.filter((scope) => scope.listing !== "failed");
  const sum = (count: "answered" | "throttled" | "denied" | "failed") => listed.reduce((total, scope) => total + scope[count], 0);
  const unread = sum("throttled") + sum("denied") + sum("failed");
  const answered = sum("answered");
  if (answered === 0 && listed.some((scope) => scope.noData > 0)) {
    return language === "zh" ? "没有任何对象有这样的数据。" : "Nothing has such a value.";
  }
  if (unread > 0) {
    return language === "zh"
      ? `在有结果的 ${formatCount(answered)} 个对象中没有匹配的。`
      : `Nothing matched among the ${formatCount(answered)} that answered.`;
  }
  return language === "zh" ? "没有匹配的结果。" : "Nothing matched.";
}

function lookedAt(facts: AnswerFacts): string {
  const { plan, receipt } = facts;
  if (receipt.scopes.length === 0) return "";
  // "*" stands where nobody knows which regions, or accounts, there would have been.
  const known = receipt.scopes.filter(({ account, listing }) => account !== "*" && listing !== "failed");
  const accounts = new Set(known.map((scope) => `${scope.provider} ${scope.account}`)).size;
  const regions = new Set(known.filter(({ region }) => region !== "*").map((scope) => `${scope.provider} ${scope.region}`)).size;
  if (accounts === 0) return "";
  const listed = receipt.scopes.reduce((sum, scope) => sum + scope.listed, 0);
  // Where the listing itself is filtered, what was listed is what matched so far, not what there is.
  const filtered = listed === 0 || isFiltered(listingWhere(plan));
  const [accountsText, regionsText] = [counted(accounts, "account"), counted(regions, "region")];
  // Of an account as a whole, regions are nothing to count.
  if (regions === 0) return plan.language === "zh" ? `已查看 ${accounts} 个账号。` : `Looked in ${accountsText}.`;
  if (plan.language === "zh") {
    const what = filtered ? "" : `中的 ${formatCount(listed)} ${listedNoun(facts, listed)}`;
    return `已查看 ${accounts} 个账号、${regions} 个区域${what}。`;
  }
  if (filtered) return `Looked in ${accountsText} and ${regionsText}.`;
  return `Looked at ${formatCount(listed)} ${listedNoun(facts, listed)} in ${accountsText} and ${regionsText}.`;
}

/** Of logs, sources are listed, not entries. */
function listedNoun(facts: AnswerFacts, count: number): string {
  if (sourceStep(facts.plan)?.tool !== "logs.query") return nounOf(facts, count);
  return facts.plan.language === "zh" ? "个日志源" : count === 1 ? "log source" : "log sources";
}

/** A tag that nothing has is most often a tag that is misspelt. */
function tagHint(facts: AnswerFacts): string {
  const { plan, receipt } = facts;
  const tags = listingWhere(plan)?.tags?.filter(({ operator }) => operator === "in" || operator === "exists") ?? [];
  if (tags.length === 0 || receipt.scopes.some((scope) => scope.listed > 0)) return "";
  const texts = whereTexts({ tags: tags.map(({ key, values }) => ({ key, operator: "in", values: values ?? ["*"] })) }, plan.language);
  if (plan.language === "zh") return `没有找到带标签 ${texts.join("、")} 的资源，请检查标签键和值的拼写。`;
  return `No resource with the tag ${texts.join(", ")} was found: check the spelling of key and value.`;
}

function listingWhere(plan: Plan): ResourceWhere | undefined {
  const step = plan.steps.find(({ tool }) => tool === "resources.list");
  return (step?.input as ToolInput<"resources.list"> | undefined)?.where;
}

function isFiltered(where: ResourceWhere | undefined): boolean {
  return [where?.tags, where?.names, where?.states, where?.ids].some((condition) => condition !== undefined);
}

function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

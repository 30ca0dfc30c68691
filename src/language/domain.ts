import type { Domain } from "./phrases/phrase-context.ts";
import { hasSense, senseOf, type Token } from "./text/token.ts";

/** What the question is about, by the words in it: the same word can be a metric in one domain and a severity in another. */
export function domainOf(tokens: readonly Token[]): Domain {
  const any = (test: (token: Token) => boolean) => tokens.some(test);
  const has = (...names: Parameters<typeof hasSense>[1][]) => any((token) => hasSense(token, ...names));
  if (has("alarms") || any((token) => hasSense(token, "alarming") && /alarm|firing|告警|报警/.test(token.lower))) return "alarms";
  if (has("serviceMap")) return "services";
  if (has("logs")) return "logs";
  if (has("traces")) return "traces";
  if (has("subject")) return "resources";
  if (byService(tokens) && tokens.some(isServiceFigure)) return has("failed") ? "traces" : "services";
  const slow = any((token) => senseOf(token, "superlative")?.slow === true || senseOf(token, "comparator")?.metric === "latency.duration");
  // "失败的请求数".
  if (has("failed") && any((token) => senseOf(token, "metric")?.metrics.join() === "requests.count")) return "traces";
  if (has("requests")) {
    const timed = any(
      (token) => senseOf(token, "quantity")?.measure?.dimension === "duration" && /s|秒/.test(senseOf(token, "quantity")?.unit ?? ""),
    );
    const threshold = has("comparator", "comparatorAfter", "between");
    if (slow || has("failed") || (timed && threshold && !has("metricUnknown"))) return "traces";
  }
  if (slow && has("services")) return "services";
  const metrics = tokens.filter((token) => hasSense(token, "metric") && !hasSense(token, "severity", "requests"));
  const severity = any((token) => senseOf(token, "severity")?.noun === true);
  return severity && metrics.length === 0 ? "logs" : "resources";
}

/** "Requests per service", "各服务的平均延迟": services have figures of their own. */
function byService(tokens: readonly Token[]): boolean {
  return tokens.some((token, index) => hasSense(token, "by", "per") && senseOf(tokens[index + 1], "tagKey")?.key === "service");
}

/** "Errors by service" are entries of logs. */
function isServiceFigure(token: Token): boolean {
  const metric = senseOf(token, "metric")?.metrics.join();
  return metric === "latency.duration" || metric === "requests.count";
}

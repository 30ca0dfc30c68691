import { logLinesBetween, logSourcesOf } from "../log-data.ts";
import { componentOf, type LogRow, type RowRequest } from "./log-row.ts";

/** `SeverityLevel` of Application Insights: 0 verbose, 1 information, 2 warning, 3 error, 4 critical. */
const SEVERITY_LEVELS = { debug: 0, info: 1, warning: 2, error: 3, critical: 4 } as const;

/** Lines of the applications: the sentence is the message, what stands beside it are custom properties, which are all text. */
export function* messageRows({ fleet, workspace, fromMs, toMs, nowMs }: RowRequest): Generator<LogRow> {
  for (const source of logSourcesOf(fleet, workspace.account, workspace.region)) {
    const component = componentOf(workspace, source.service);
    for (const line of logLinesBetween(source, fromMs, toMs)) {
      if (line.ingestedMs > nowMs) continue;
      const { level: _, service: __, message: ___, ...fields } = JSON.parse(line.text) as Record<string, unknown>;
      yield {
        ...component,
        TimeGenerated: line.timestampMs,
        Message: line.message,
        SeverityLevel: SEVERITY_LEVELS[line.severity],
        OperationId: String(fields.requestId ?? fields.function_request_id ?? "").replaceAll("-", ""),
        AppRoleInstance: `${source.name}-${line.writer}`,
        ItemCount: 1,
        Properties: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)])),
      };
    }
  }
}

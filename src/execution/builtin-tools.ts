import type { Tool } from "../contracts/index.ts";
import { tableAggregate } from "./steps/aggregate.ts";
import { tableAnalyze } from "./steps/analyze.ts";
import { tableDerive } from "./steps/derive.ts";
import { tableFilter } from "./steps/filter.ts";
import { tableJoin } from "./steps/join.ts";
import { tableSort } from "./steps/sort.ts";
import { alarmsList } from "./tools/alarms-list.ts";
import { logsQuery } from "./tools/logs-query.ts";
import { metricsQuery } from "./tools/metrics-query.ts";
import { resourcesList } from "./tools/resources-list.ts";
import { resultsLoad } from "./tools/results-load.ts";
import { tracesQuery } from "./tools/traces-query.ts";

/** The cloud-neutral tools, in the order in which they are described to a model. */
export const BUILTIN_TOOLS: readonly Tool[] = [
  resourcesList,
  metricsQuery,
  logsQuery,
  tracesQuery,
  alarmsList,
  resultsLoad,
  tableFilter,
  tableAggregate,
  tableSort,
  tableJoin,
  tableDerive,
  tableAnalyze,
];

import {
  type Alarm,
  type AlarmState,
  alarmsListSchema,
  type Batch,
  type Row,
  type Scope,
  TOOL_COLUMNS,
  type Tool,
} from "../../contracts/index.ts";
import { streamOf } from "../batch-stream.ts";
import { matchesName } from "../matches-where.ts";
import { compareRows } from "../row-order.ts";
import { eachScope } from "./each-scope.ts";

const DEFAULT_STATES: readonly AlarmState[] = ["alarm"];

/** Lists alarms by state and name. */
export const alarmsList: Tool<typeof alarmsListSchema> = {
  name: "alarms.list",
  description: "alarms of the clouds by state (alarm unless given) and name",
  effect: "read",
  streaming: true,
  input: alarmsListSchema,
  async execute({ where = {}, states = [...DEFAULT_STATES], names = [] }, context) {
    const found: Row[] = [];
    const batches = streamOf<Batch>(async (emit) => {
      await eachScope({
        context,
        where,
        service: "alarms",
        task: { en: "list alarms", zh: "列出告警" },
        isCapable: (provider) => provider.alarms !== undefined,
        emit,
        async visit({ provider, scope, context: providerContext, found: tellFound }) {
          for await (const page of provider.alarms?.list(scope, states, providerContext) ?? []) {
            const kept = page.filter(
              ({ state, name }) => states.includes(state) && names.every((condition) => matchesName(name, condition)),
            );
            tellFound([], kept.length);
            for (const alarm of kept) found.push(alarmRow(scope, alarm));
          }
        },
      });
      emit({ rows: found.sort(compareRows), receipt: [] });
    });
    return { columns: TOOL_COLUMNS["alarms.list"], batches };
  },
};

function alarmRow({ provider, account, region }: Scope, { id, name, state, sinceMs, metric, resource, reason }: Alarm): Row {
  const since = sinceMs === null ? null : new Date(sinceMs).toISOString();
  return { cells: [provider, account, region, id, name, state, since, metric, resource, reason] };
}

import { noise } from "../hash.ts";
import { MINUTE_MS, rawMinute } from "../series.ts";
import type { LogRow, RowRequest } from "./log-row.ts";

const MEMORY_MB = 16 * 1_024;

/** What VM insights collects: a row a minute and counter for each machine with an agent. */
export function* insightsRows({ fleet, workspace, fromMs, toMs, nowMs }: RowRequest): Generator<LogRow> {
  for (const machine of fleet.of(workspace.account, workspace.region, "virtual-machine")) {
    if (!machine.agent || machine.state !== "running") continue;
    const fixed = { Computer: machine.name, Origin: "vm.azm.ms", AgentId: machine.name, _ResourceId: machine.id.toLowerCase() };
    for (let minute = Math.ceil(fromMs / MINUTE_MS); minute * MINUTE_MS < toMs; minute++) {
      const timeMs = minute * MINUTE_MS;
      if (timeMs + MINUTE_MS + 30_000 + Math.floor(noise(machine.key, minute, 12) * 80_000) > nowMs) break;
      const [disk, memory] = [rawMinute(machine, "disk.utilization", minute), rawMinute(machine, "memory.utilization", minute)];
      if (disk !== undefined) {
        const Tags = '{"vm.azm.ms/mountId":"/"}';
        yield { ...fixed, TimeGenerated: timeMs, Namespace: "LogicalDisk", Name: "FreeSpacePercentage", Val: 100 - disk.sum, Tags };
      }
      if (memory !== undefined) {
        const Tags = `{"vm.azm.ms/memorySizeMB":${MEMORY_MB}}`;
        const Val = (MEMORY_MB * (100 - memory.sum)) / 100;
        yield { ...fixed, TimeGenerated: timeMs, Namespace: "Memory", Name: "AvailableMB", Val, Tags };
      }
    }
  }
}

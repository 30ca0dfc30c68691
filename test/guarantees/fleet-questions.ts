import type { Truth } from "../../src/emulator/truth.ts";
import type { RunDocument } from "../../src/index.ts";

export const MAIN = "111122223333";
export const PAYMENTS = "444455556666";
export const ACCOUNTS = [MAIN, PAYMENTS] as const;
export const REGIONS = ["ap-northeast-1", "ap-southeast-1", "eu-central-1", "eu-west-1", "us-east-1", "us-west-2"] as const;

export interface Place {
  readonly account: string;
  readonly region: string;
}

/** A question whose answer follows from the truth of the places that answered. */
export interface FleetQuestion {
  readonly text: string;
  /** What identifies a row, and the values it shows. */
  readonly columns: readonly string[];
  /** Rows by `columns`, in any order. */
  expected(truth: Truth, isAnswered: (place: Place) => boolean): readonly (readonly (string | number)[])[];
}

const CPU = "cpu.utilization";

export const SERVERS: FleetQuestion = {
  text: "list all servers",
  columns: ["account", "region", "id", "name", "state"],
  expected: (truth, isAnswered) =>
    serversOf(truth)
      .filter(isAnswered)
      .map(({ account, region, id, name, state }) => [account, region, id, name, state]),
};

export const HOT_SERVERS: FleetQuestion = {
  text: "which servers have CPU over 80%",
  columns: ["account", "region", "id", CPU],
  expected: (truth, isAnswered) =>
    serversOf(truth)
      .filter(isAnswered)
      .flatMap(({ account, region, id, metrics }) => {
        const cpu = metrics[CPU]?.avg ?? 0;
        return cpu > 80 ? [[account, region, id, cpu]] : [];
      }),
};

export const CHECKOUT_ERRORS: FleetQuestion = {
  text: "error logs of checkout in the last 15 minutes",
  columns: ["account", "region", "source", "time", "message"],
  expected: (truth, isAnswered) =>
    truth.logs
      .filter(isAnswered)
      .filter(({ source, severity }) => source.includes("checkout") && (severity === "error" || severity === "critical"))
      .map(({ account, region, source, timestampMs, message }) => [account, region, source, new Date(timestampMs).toISOString(), message]),
};

export const SLOWEST_REQUESTS: FleetQuestion = {
  text: "slowest 10 requests of checkout in the last hour",
  columns: ["account", "region", "id", "duration"],
  expected: (truth, isAnswered) =>
    truth.traces
      .filter(isAnswered)
      .filter(({ service }) => service === "checkout")
      .toSorted((left, right) => right.durationMs - left.durationMs)
      .slice(0, 10)
      .map(({ account, region, id, durationMs }) => [account, region, id, durationMs]),
};

export const ALARMS: FleetQuestion = {
  text: "what is alarming now",
  columns: ["account", "region", "name"],
  expected: (truth, isAnswered) =>
    truth.alarms
      .filter(isAnswered)
      .filter(({ state }) => state === "alarm")
      .map(({ account, region, name }) => [account, region, name]),
};

/** The rows of an answer, reduced to some columns, as texts that can be compared. */
export function rowsOf(document: RunDocument, columns: readonly string[]): string[] {
  const table = document.answer?.table;
  if (table === null || table === undefined) throw new Error(`no table: ${JSON.stringify(document.error)}`);
  const positions = columns.map((name) => table.columns.findIndex((column) => column.name === name));
  return table.rows.map((row) => textOf(positions.map((position) => row[position] as string | number))).sort();
}

export function expectedRows(question: FleetQuestion, truth: Truth, isAnswered: (place: Place) => boolean): string[] {
  return question.expected(truth, isAnswered).map(textOf).sort();
}

function serversOf({ resources }: Truth) {
  return resources.filter(({ kind }) => kind === "virtual-machine");
}

function textOf(cells: readonly (string | number)[]): string {
  return cells.map((cell) => (typeof cell === "number" ? cell.toFixed(3) : cell)).join(" ");
}

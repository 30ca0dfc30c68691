import type { TruthLog } from "../../../src/emulator/index.ts";
import { MAIN, startedVolcengine } from "./started-volcengine.ts";

export type World = Awaited<ReturnType<typeof startedVolcengine>>;
export type LogRow = Readonly<Record<string, unknown>>;

interface SearchAnswer {
  readonly ResultStatus?: string;
  readonly HitCount?: number;
  readonly ListOver?: boolean;
  readonly Context?: string;
  readonly Logs?: readonly LogRow[];
  readonly AnalysisResult?: { readonly Schema?: readonly string[]; readonly Data?: readonly LogRow[] };
}

export const HOUR = { from: new Date("2026-03-10T08:00:00Z"), to: new Date("2026-03-10T09:00:00Z") };

/** An emulator and its topic of the application checkout in Beijing. */
export async function startedTls(options: Parameters<typeof startedVolcengine>[0] = {}) {
  const world = await startedVolcengine({ instances: 200, ...options });
  const tls = world.tls();
  const { Projects } = await tls.DescribeProjects({});
  const { Topics } = await tls.DescribeTopics({ ProjectId: Projects[0]!.ProjectId, PageSize: 100 });
  const topic = Topics.find(({ TopicName }) => TopicName === "app-checkout")!;
  const search = async (Query: string, more: object = {}) =>
    (await tls.SearchLogs({
      TopicId: topic.TopicId,
      Query,
      StartTime: HOUR.from.getTime(),
      EndTime: HOUR.to.getTime(),
      Limit: 1_000,
      ...more,
    })) as unknown as SearchAnswer;
  return { world, tls, topics: Topics, project: Projects[0]!, search };
}

/** What the topic of checkout in Beijing holds, newest first. */
export async function checkoutLogs(world: World, window = HOUR): Promise<readonly TruthLog[]> {
  const { logs } = await world.truth(window.from.toISOString(), window.to.toISOString());
  return logs
    .filter((row) => row.account === MAIN && row.source === "nephos-main-cn-beijing/app-checkout")
    .toSorted((left, right) => right.timestampMs - left.timestampMs);
}

/** What the log service refuses a call with. */
export async function tlsRefusal(call: Promise<unknown>): Promise<readonly [number | undefined, string | undefined]> {
  try {
    await call;
  } catch (error) {
    const { response } = error as { response?: { status: number; data: { ErrorCode: string } } };
    return [response?.status, response?.data.ErrorCode];
  }
  throw new Error("The call was not refused.");
}

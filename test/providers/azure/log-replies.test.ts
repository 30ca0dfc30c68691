import { expect, test } from "vitest";
import type { LogRequest } from "../../../src/contracts/index.ts";
import { collect } from "../fake-context.ts";
import { graphReply, openStubWorld, SCOPE, type StubReply } from "./stub-azure.ts";
import { FIVE_MINUTES, MAIN } from "./world.ts";

const STAMP = "2026-11-22T09:51:02.1234567Z";
const COLUMNS = [
  { name: "TimeGenerated", type: "datetime" },
  { name: "SeverityLevel", type: "int" },
  { name: "AppRoleName", type: "string" },
  { name: "Message", type: "string" },
];
const table = (columns: readonly object[], rows: readonly unknown[][]) => ({ tables: [{ name: "PrimaryResult", columns, rows }] });

function workspaceRow(name: string, resourceGroup = "rg-a"): object {
  return {
    id: `/${resourceGroup}/${name}`,
    name,
    resourceGroup,
    subscriptionId: MAIN,
    location: SCOPE.region,
    customerId: `id-of-${resourceGroup}-${name}`,
  };
}

const openLogs = (reply: (workspaceId: string) => StubReply, rows: readonly object[] = [workspaceRow("law")]) =>
  openStubWorld(({ path }) => {
    if (path.endsWith("/resources")) return graphReply(rows);
    return path.endsWith("/query") ? reply(path.split("/").at(-2)!) : undefined;
  });

async function read(reply: StubReply, more: Partial<LogRequest> = {}) {
  await using world = await openLogs(() => reply);
  const request = { sources: [{ name: "law" }], window: FIVE_MINUTES, limit: 10, ...more };
  return await collect(world.provider.logs!.read(SCOPE, request, world.context));
}

test("a row is an entry, to the millisecond; an unknown level is none", async () => {
  const rows = [
    [STAMP, 3, "checkout", "broken"],
    [STAMP, null, "", null],
  ];
  expect(await read({ body: table(COLUMNS, rows) })).toEqual([
    {
      entries: [
        { timestampMs: Date.parse("2026-11-22T09:51:02.123Z"), source: "law", service: "checkout", severity: "error", message: "broken" },
        { timestampMs: Date.parse("2026-11-22T09:51:02.123Z"), source: "law", service: null, severity: null, message: "" },
      ],
    },
  ]);
});

test("a part of a result is told as one, with what was read", async () => {
  const error = { code: "PartialError", message: "There were some errors when processing your query." };
  const [page] = await read({ body: { ...table(COLUMNS, [[STAMP, 1, "auth", "hello"]]), error } });
  expect(page!.entries).toHaveLength(1);
  expect(page!.truncated!.en).toContain("PartialError");
  expect(page!.truncated!.zh).toContain("PartialError");
});

test("a workspace to which no application ever sent anything has no entries", async () => {
  const innererror = {
    code: "SemanticError",
    message: "A semantic error occurred.",
    innererror: { code: "SEM0100", message: "'where' operator: Failed to resolve table or column expression named 'AppTraces'" },
  };
  const refusal = {
    status: 400,
    body: { error: { code: "BadArgumentError", message: "The request had some invalid properties", innererror } },
  };
  expect(await read(refusal)).toEqual([{ entries: [] }]);
  expect(await read(refusal, { countBy: "service" })).toEqual([{ counts: [] }]);
  await expect(read(refusal, { native: "AppTraces" })).rejects.toMatchObject({
    code: "PROVIDER_FAILED",
    message: expect.stringContaining("AppTraces"),
  });
});

test.each<[string, object]>([
  ["tables", {}],
  ["a table", { tables: [] }],
  ["a column", table(COLUMNS.slice(1), [[1, "a", "b"]])],
  ["the name of a column", table([{ type: "string" }], [["a"]])],
  ["a cell", table(COLUMNS, [[STAMP, 1, "a"]])],
  ["a readable time", table(COLUMNS, [["yesterday", 1, "a", "b"]])],
])("a reply without %s is no empty list", async (_, body) => {
  await expect(read({ body })).rejects.toMatchObject({ code: "PROVIDER_REPLY_INVALID" });
});

test("workspaces of one name are told apart by their resource groups", async () => {
  await using world = await openLogs(
    (id) => ({ body: table(COLUMNS, [[STAMP, 1, "auth", id]]) }),
    [workspaceRow("law", "rg-a"), workspaceRow("law", "rg-b"), workspaceRow("other")],
  );
  const sources = (await collect(world.provider.logs!.sources(SCOPE, undefined, world.context))).flat();
  expect(sources).toEqual([{ name: "rg-a/law" }, { name: "rg-b/law" }, { name: "other" }]);
  const pages = await collect(world.provider.logs!.read(SCOPE, { sources, window: FIVE_MINUTES, limit: 10 }, world.context));
  expect(pages.flatMap(({ entries }) => entries!.map(({ source, message }) => `${source} ${message}`)).sort()).toEqual([
    "other id-of-rg-a-other",
    "rg-a/law id-of-rg-a-law",
    "rg-b/law id-of-rg-b-law",
  ]);
});

test("the window bounds every query, also one whose text does not", async () => {
  await using world = await openLogs(() => ({ body: table([{ name: "Count", type: "long" }], [[3]]) }));
  const request = { sources: [{ name: "law" }], window: FIVE_MINUTES, limit: 10, native: "AppTraces | count" };
  const [page] = await collect(world.provider.logs!.read(SCOPE, request, world.context));
  expect(page!.table).toEqual({ columns: [{ name: "Count", type: "number" }], rows: [[3]] });
  const query = world.requests.find(({ path }) => path.endsWith("/query"))!;
  expect([query.host, query.path]).toEqual(["api.loganalytics.io", "/v1/workspaces/id-of-rg-a-law/query"]);
  expect(query.body).toEqual({ query: "AppTraces | count", timespan: "2026-11-22T09:50:00.000Z/2026-11-22T09:55:00.000Z" });
});

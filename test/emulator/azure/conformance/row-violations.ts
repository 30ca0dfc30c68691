import { GRAPH_PROPERTIES, GRAPH_ROW, LOG_COLUMNS, type RowShape } from "./row-shapes.ts";

/** Rows as a query gives them that leaves all columns as they are. */
export interface RecordedRows {
  /** A type of resources, or a table of logs. */
  readonly source: string;
  readonly status: number;
  readonly body: string;
}

type Row = Readonly<Record<string, unknown>>;
type Column = { readonly name: string; readonly type: string };
/** Called with the path of every field; says what it is called from now on. */
type Rename = (path: string, name: string) => string;

/** Fields of the rows, which are in no description of the query's own operation. */
export function rowViolations({ source, body }: RecordedRows): string[] {
  const { data, tables } = JSON.parse(body) as { data?: readonly Row[]; tables?: readonly { columns: readonly Column[] }[] };
  const published = LOG_COLUMNS[source];
  if (published !== undefined) {
    const columns = (tables ?? []).flatMap((table) => table.columns).map(({ name, type }) => `${name}:${type}`);
    return [
      ...(columns.length === 0 ? [`${source}: no columns`] : []),
      ...columns.filter((column) => !published.has(column)).map((column) => `${source}: there is no column ${column}`),
    ];
  }
  if (data === undefined || data.length === 0) return [`${source}: no rows`];
  return data.flatMap((row) => shapeViolations(rowShape(source), row, source));
}

/** Paths of all fields of the rows. Keys of tags are data. */
export function rowPathsOf(rows: RecordedRows): readonly string[] {
  const paths = new Set<string>();
  rewrite(rows, (path, name) => {
    paths.add(path);
    return name;
  });
  return [...paths];
}

/** The body with one field of the rows called otherwise, wherever it stands. */
export function renameRowField(rows: RecordedRows, path: string): string {
  return rewrite(rows, (each, name) => (each === path ? `${name}Renamed` : name));
}

function rewrite({ source, body }: RecordedRows, rename: Rename): string {
  const { data, tables, ...rest } = JSON.parse(body) as { data?: readonly Row[]; tables?: readonly { columns: readonly Column[] }[] };
  const renamedTables = tables?.map(({ columns, ...table }) => ({
    ...table,
    columns: columns.map(({ name, ...column }) => ({ name: rename(name, name), ...column })),
  }));
  const renamedData = data?.map((row) => renamed(rowShape(source), row, "", rename));
  return JSON.stringify({ ...rest, data: renamedData, tables: renamedTables });
}

function rowShape(type: string): RowShape {
  return { ...GRAPH_ROW, properties: GRAPH_PROPERTIES[type] ?? {} };
}

function shapeViolations(shape: RowShape, value: unknown, path: string): string[] {
  if (shape === "data" || value === null) return [];
  const wrong = (expected: string) => [`${path}: expected ${expected}, found ${JSON.stringify(value)?.slice(0, 80)}`];
  if (typeof shape === "string") {
    const type = { text: "string", number: "number", flag: "boolean" }[shape];
    return typeof value === type ? [] : wrong(type);
  }
  if (isList(shape)) return Array.isArray(value) ? value.flatMap((item) => shapeViolations(shape[0], item, path)) : wrong("a list");
  if (typeof value !== "object" || Array.isArray(value)) return wrong("an object");
  return Object.entries(value as Row).flatMap(([name, inner]) => {
    const member = Object.hasOwn(shape, name) ? shape[name] : undefined;
    return member === undefined ? [`${path}.${name}: there is no such field`] : shapeViolations(member, inner, `${path}.${name}`);
  });
}

function renamed(shape: RowShape | undefined, value: unknown, path: string, rename: Rename): unknown {
  if (shape === "data" || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => renamed(isList(shape) ? shape[0] : undefined, item, path, rename));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const inside = path === "" ? name : `${path}.${name}`;
      const member = typeof shape === "object" && !isList(shape) ? shape[name] : undefined;
      return [rename(inside, name), renamed(member, inner, inside, rename)];
    }),
  );
}

function isList(shape: RowShape | undefined): shape is readonly [RowShape] {
  return Array.isArray(shape);
}

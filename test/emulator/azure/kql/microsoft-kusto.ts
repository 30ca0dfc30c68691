import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

interface List<Item> {
  readonly Count?: number;
  getItem(index: number): Item;
}

interface Kusto {
  readonly KustoCode: { ParseAndAnalyze(query: string, globals: unknown): Code };
  readonly GlobalState: { readonly Default: { WithDatabase(database: unknown): unknown } };
  readonly Symbols: {
    readonly TableSymbol: { readonly $ctor7: new (name: string, schema: string, description: null) => unknown };
    readonly DatabaseSymbol: { readonly $ctor1: new (name: string, members: readonly unknown[]) => unknown };
  };
}

interface Code {
  GetDiagnostics(): List<{ readonly Message: string; readonly Severity: string }>;
  readonly ResultType: { readonly Columns?: List<{ readonly Name: string; readonly Type: { readonly Name: string } }> } | null;
}

export interface Analysis {
  readonly errors: readonly string[];
  /** `name:type`. */
  readonly columns: readonly string[];
}

/** What Microsoft's own parser and analyser, which knows nothing of the emulator, makes of a query over tables given by their schemas. */
export function microsoftAnalysis(tables: Readonly<Record<string, string>>): (query: string) => Analysis {
  // Scripts for a browser that hang their names on the global object, the first being the runtime of the second.
  require("@kusto/language-service-next/bridge.min.js");
  require("@kusto/language-service-next/Kusto.Language.Bridge.min.js");
  const { KustoCode, GlobalState, Symbols } = (globalThis as unknown as { Kusto: { Language: Kusto } }).Kusto.Language;
  const symbols = Object.entries(tables).map(([name, schema]) => new Symbols.TableSymbol.$ctor7(name, `(${schema})`, null));
  const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.$ctor1("database", symbols));
  return (query) => {
    const code = KustoCode.ParseAndAnalyze(query, globals);
    const errors = itemsOf(code.GetDiagnostics()).filter(({ Severity }) => Severity === "Error");
    const columns = code.ResultType?.Columns;
    return {
      errors: errors.map(({ Message }) => Message),
      columns: columns === undefined ? [] : itemsOf(columns).map(({ Name, Type }) => `${Name}:${Type.Name}`),
    };
  };
}

function itemsOf<Item>(list: List<Item>): readonly Item[] {
  return Array.from({ length: list.Count ?? 0 }, (_, index) => list.getItem(index));
}

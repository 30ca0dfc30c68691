/** What of Microsoft's KQL parser is used; its own declarations are a namespace of 1.7 MB. */
interface KustoLanguage {
  readonly KustoCode: {
    ParseAndAnalyze(text: string, globals: object): { GetDiagnostics(): List<{ Code: string; Severity: string; Message: string }> };
  };
  readonly KustoFacts: { GetStringLiteralValue(literal: string): string };
  readonly GlobalState: { readonly Default: { WithDatabase(database: object): object } };
  readonly Symbols: {
    readonly TableSymbol: { readonly $ctor7: new (name: string, schema: string, description: null) => object };
    readonly DatabaseSymbol: { readonly ctor: new (name: string, members: readonly object[]) => object };
  };
}

interface List<Item> {
  readonly Count: number;
  getItem(index: number): Item;
}

// Scripts that hang what they make on the global object, in this order.
const SCRIPTS = ["bridge.min.js", "Kusto.Language.Bridge.min.js"];
for (const script of SCRIPTS) await import(`@kusto/language-service-next/${script}`);
const kusto = (globalThis as unknown as { Kusto: { Language: KustoLanguage } }).Kusto.Language;

/** "Azure Resource Graph table and resource type reference", and the tables of the "Azure Monitor Logs reference", as far as they are asked. */
const RESOURCES =
  "id: string, name: string, type: string, tenantId: string, kind: string, location: string, resourceGroup: string, subscriptionId: string, managedBy: string, sku: dynamic, plan: dynamic, properties: dynamic, tags: dynamic, identity: dynamic, zones: dynamic, extendedLocation: dynamic";
const SCHEMAS: Readonly<Record<string, string>> = {
  Resources: RESOURCES,
  ResourceContainers: RESOURCES,
  alertsmanagementresources: RESOURCES,
  AppTraces:
    "TimeGenerated: datetime, SeverityLevel: int, Message: string, AppRoleName: string, AppRoleInstance: string, OperationId: string, ParentId: string, Properties: dynamic, _ResourceId: string",
  AppExceptions:
    "TimeGenerated: datetime, SeverityLevel: int, OuterMessage: string, AppRoleName: string, OperationId: string, ParentId: string, Properties: dynamic, _ResourceId: string",
  AppRequests:
    "TimeGenerated: datetime, Id: string, Name: string, Url: string, Success: bool, ResultCode: string, DurationMs: real, AppRoleName: string, OperationId: string, ParentId: string, Properties: dynamic",
  AppDependencies:
    "TimeGenerated: datetime, Id: string, Name: string, Target: string, DependencyType: string, Success: bool, ResultCode: string, DurationMs: real, AppRoleName: string, OperationId: string, ParentId: string, Properties: dynamic",
  InsightsMetrics:
    "TimeGenerated: datetime, Computer: string, Origin: string, Namespace: string, Name: string, Val: real, Tags: string, _ResourceId: string",
};

/** With quoted names: some, such as `kind`, are words of the language. */
function schemaOf(columns: string): string {
  return `(${columns.replaceAll(/(\w+): /g, "['$1']: ")})`;
}

const { TableSymbol, DatabaseSymbol } = kusto.Symbols;
const tables = Object.entries(SCHEMAS).map(([name, columns]) => new TableSymbol.$ctor7(name, schemaOf(columns), null));
const globals = kusto.GlobalState.Default.WithDatabase(new DatabaseSymbol.ctor("workspace", tables));

/** What is wrong with a query: syntax, names, types. */
export function kustoDiagnostics(query: string): string[] {
  const found = kusto.KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
  return Array.from({ length: found.Count }, (_, index) => found.getItem(index))
    .filter(({ Severity }) => Severity === "Error" || Severity === "Warning")
    .map(({ Code, Message }) => `${Code} ${Message}`);
}

/** The text that a string literal stands for. */
export function kustoLiteral(literal: string): string {
  return kusto.KustoFacts.GetStringLiteralValue(literal);
}

import {
  type Batch,
  type PartialScope,
  type Provider,
  type ProviderContext,
  type ReceiptEntry,
  type Row,
  type Scope,
  type ScopeFinding,
  type ToolContext,
  type Where,
  whereFor,
} from "../../contracts/index.ts";
import { OrchestratorError, QuestionError } from "../../errors/index.ts";
import { failureOf, isCancelled, knownError, throwIfCancelled } from "../outcome-of.ts";
import { scopeKey } from "../receipts.ts";
import { type AskedProviders, askedProviders, type Capability } from "./asked-providers.ts";
import { unmatchedPlaces } from "./unmatched-places.ts";

/** One scope that is being asked. */
export interface Site {
  readonly provider: Provider;
  readonly scope: Scope;
  readonly context: ProviderContext;
  /** Hands on rows, and how many more resources were found with them. */
  found(rows: readonly Row[], count: number): void;
  /** Tells how resources ended, or what was cut. */
  tell(entry: ReceiptEntry): void;
}

export interface ScopeVisit extends Capability {
  readonly context: ToolContext;
  readonly where: Where;
  /** The `service` of the scopes, as receipts name it. */
  readonly service: string;
  /** Whom to ask, where that was found out before. */
  readonly asked?: AskedProviders;
  emit(batch: Batch): void;
  /** Asks one scope. What it throws is how the scope's listing ended. */
  visit(site: Site): Promise<void>;
}

/**
 * Visits every scope that is meant as soon as it is found, all at once, and writes down how each listing ended. Throws where the question
 * names a place that does not exist, and where credentials open no place at all.
 */
export async function eachScope(visit: ScopeVisit): Promise<void> {
  const { context, where } = visit;
  const asked = visit.asked ?? (await askedProviders(context, where, visit));
  for (const text of asked.notes) visit.emit({ rows: [], receipt: [{ type: "note", text }] });
  const tour = new ScopeTour(visit);
  await Promise.all(asked.providers.map((provider) => tour.visitProvider(provider)));
  throwIfCancelled(context.signal);
  if (context.signal.aborted) return;
  tour.throwIfFruitless(asked.providers);
  tour.tellUnmatched(asked.providers);
}

class ScopeTour {
  readonly #visit: ScopeVisit;
  readonly #errors: unknown[] = [];
  /** Two credentials may open the same account. */
  readonly #seen = new Set<string>();
  readonly #asked: PartialScope[] = [];
  #done = 0;
  #rows = 0;
  #searching = 0;

  constructor(visit: ScopeVisit) {
    this.#visit = visit;
  }

  async visitProvider(provider: Provider): Promise<void> {
    const { context, where, service, emit } = this.#visit;
    const providerContext = context.providerContext(provider, (entry) => emit({ rows: [], receipt: [entry] }));
    const visits: Promise<void>[] = [];
    this.#searching++;
    try {
      await provider.load();
      for await (const finding of provider.scopes(whereFor(where, provider.id) ?? where, providerContext))
        visits.push(this.#handle(finding, provider, providerContext));
    } catch (error) {
      throwIfCancelled(context.signal);
      const nowhere = { provider: provider.id, account: "*", region: "*" };
      this.#asked.push(nowhere);
      this.#endListing({ ...nowhere, service }, false, context.signal.aborted ? context.signal.reason : knownError(provider, error));
    }
    this.#searching--;
    await Promise.all(visits);
  }

  /** Throws what is at fault when nothing could be asked. */
  throwIfFruitless(providers: readonly Provider[]): void {
    const scopes = this.#asked.length;
    if (scopes > 0 && this.#errors.length === scopes && this.#errors.every(isCredentialProblem)) throw this.#errors[0];
    const accounts = this.#visit.where.accounts?.include;
    if (scopes === 0 && providers.length > 0 && accounts !== undefined) throw accountUnknown(providers, accounts);
  }

  /** Tells of the accounts and regions that the question names and nothing was asked in. */
  tellUnmatched(providers: readonly Provider[]): void {
    const { where, service, context } = this.#visit;
    const others = context.providers.filter((provider) => !providers.includes(provider));
    const { failures, notes } = unmatchedPlaces(where, { providers, others }, [...this.#asked]);
    for (const text of notes) this.#visit.emit({ rows: [], receipt: [{ type: "note", text }] });
    for (const { scope, failure } of failures) {
      this.#asked.push(scope);
      this.#endListing({ ...scope, service }, false, failure);
    }
  }

  async #handle(finding: ScopeFinding, provider: Provider, context: ProviderContext): Promise<void> {
    const scope: Scope = { ...finding.scope, service: this.#visit.service };
    if ("services" in finding && finding.services?.includes(scope.service) === false) return;
    if (this.#seen.has(scopeKey(scope))) return;
    this.#seen.add(scopeKey(scope));
    this.#asked.push(finding.scope);
    if ("failure" in finding) return this.#endListing(scope, false, finding.failure);
    // A page without a match was read all the same.
    let reached = false;
    const site: Site = {
      provider,
      scope,
      context,
      found: (rows, count) => {
        reached = true;
        this.#rows += rows.length;
        if (rows.length > 0 || count > 0) this.#visit.emit({ rows, receipt: count > 0 ? [{ type: "listed", scope, count }] : [] });
        this.#tellProgress();
      },
      tell: (entry) => this.#visit.emit({ rows: [], receipt: [entry] }),
    };
    try {
      await this.#visit.visit(site);
    } catch (error) {
      const { signal } = this.#visit.context;
      // A person's abort is thrown by whoever waits for the whole tour; until then the listing counts as unfinished.
      if (isCancelled(signal)) return;
      return this.#endListing(scope, reached, signal.aborted ? signal.reason : knownError(provider, error));
    }
    this.#endListing(scope, reached);
  }

  #endListing(scope: Scope, reached: boolean, error?: unknown): void {
    this.#done++;
    if (error !== undefined) this.#errors.push(error);
    const entry: ReceiptEntry =
      error === undefined
        ? { type: "listing", scope, state: "complete" }
        : { type: "listing", scope, state: reached ? "partial" : "failed", ...failureOf(error) };
    this.#visit.emit({ rows: [], receipt: [entry], ended: [scope] });
    this.#tellProgress();
  }

  #tellProgress(): void {
    this.#visit.context.progress({ done: this.#done, rows: this.#rows, ...(this.#searching > 0 ? {} : { total: this.#asked.length }) });
  }
}

const CREDENTIAL_CODES: ReadonlySet<string> = new Set([
  "PROVIDER_UNAUTHENTICATED",
  "CREDENTIAL_MISSING",
  "DEPENDENCY_MISSING",
  "CONFIGURATION_INVALID",
]);

function isCredentialProblem(error: unknown): boolean {
  return OrchestratorError.isInstance(error) && CREDENTIAL_CODES.has(error.code);
}

function accountUnknown(providers: readonly Provider[], accounts: readonly string[]): QuestionError {
  const known = providers.flatMap((provider) =>
    Object.entries(provider.accountNames).map(([id, name]) => (id === name ? id : `${name} (${id})`)),
  );
  return new QuestionError({
    code: "ACCOUNT_UNKNOWN",
    message: { en: `No account ${accounts.join(", ")} is configured.`, zh: `没有配置账号 ${accounts.join("、")}。` },
    hint:
      known.length > 0
        ? { en: `Configured accounts: ${known.join(", ")}.`, zh: `已配置的账号：${known.join("、")}。` }
        : { en: "Name the account in the configuration.", zh: "请在配置中添加该账号。" },
    details: { accounts: accounts.join(",") },
  });
}

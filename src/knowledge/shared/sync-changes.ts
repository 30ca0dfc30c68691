import type { KnowledgeDocument, SyncReport } from "../../contracts/index.ts";

/** What has to be done so that an index holds exactly the wanted documents of one cloud. */
export interface Changes {
  /** New ones, and those whose text has changed. */
  readonly put: readonly KnowledgeDocument[];
  /** Ids of what it holds and should not. */
  readonly gone: readonly string[];
  readonly report: SyncReport;
}

/** `held`: hashes by id, of this cloud. Of documents with one id the last counts. */
export function changesOf(provider: string, documents: readonly KnowledgeDocument[], held: ReadonlyMap<string, string>): Changes {
  const wanted = new Map(documents.filter((document) => document.provider === provider).map((document) => [document.id, document]));
  const put = [...wanted.values()].filter(({ id, hash }) => held.get(id) !== hash);
  const gone = [...held.keys()].filter((id) => !wanted.has(id));
  const updated = put.filter(({ id }) => held.has(id)).length;
  return {
    put,
    gone,
    report: { added: put.length - updated, updated, removed: gone.length, unchanged: wanted.size - put.length },
  };
}

export function sumOf(reports: readonly SyncReport[]): SyncReport {
  const sum = (key: keyof SyncReport) => reports.reduce((total, report) => total + report[key], 0);
  return { added: sum("added"), updated: sum("updated"), removed: sum("removed"), unchanged: sum("unchanged") };
}

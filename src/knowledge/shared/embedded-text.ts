import { createHash } from "node:crypto";
import type { Embedder, KnowledgeDocument } from "../../contracts/index.ts";
import { splitIdentifier } from "./split-identifier.ts";

/** Of the text below: vectors of differently built texts are kept apart. */
const TEMPLATE = 1;
const MAX_TEXT = 1_500;
const MAX_TERMS = 40;
const MAX_NAME = 200;

/** What is turned into the vector of a document. */
export function embeddedText({ provider, service, name, text, terms }: KnowledgeDocument): string {
  const fields = terms.slice(0, MAX_TERMS).map((term) => term.slice(0, MAX_NAME));
  const lines = [`${provider} ${service} ${splitIdentifier(name.slice(0, MAX_NAME))}`, text.slice(0, MAX_TEXT)];
  return [...lines, ...(fields.length === 0 ? [] : [`fields: ${fields.join(", ")}`])].join("\n").toWellFormed();
}

/** The collection for vectors of this embedder, and of no other. `keeper`: who says what else a record holds. */
export function collectionName(keeper: string, embedder: Embedder): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([TEMPLATE, embedder.fingerprint]))
    .digest("hex");
  return `nephoscope-${keeper}-${digest.slice(0, 32)}`;
}

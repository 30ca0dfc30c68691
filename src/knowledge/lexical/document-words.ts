import type { KnowledgeDocument } from "../../contracts/index.ts";
import { STOP_WORDS } from "./stop-words.ts";
import { ASKING_VERBS, CHANGING_VERBS, LISTING_VERBS, READING_VERBS } from "./verbs.ts";
import { bigramsOf, piecesOf, stemsOf } from "./words-of.ts";

/** What is kept of a document: its fields as stems between spaces, and what ranking asks of its name. */
export interface IndexedDocument {
  readonly id: string;
  readonly kind: KnowledgeDocument["kind"];
  readonly name: string;
  /** Neighbours in the name, written together: `securgroup`. */
  readonly pairs: string;
  readonly service: string;
  readonly text: string;
  readonly terms: string;
  /** Words of the name that say what it is about: not its verb, not where it looks. */
  readonly subjects: number;
  readonly verb: "lists" | "reads" | "changes" | "unknown";
  /** As the vendor spells it. */
  readonly ofService: string;
  /** `DescribeKeys`, not `DescribeKey`. */
  readonly plural: boolean;
}

/** More than descriptions have, in characters and names; a document that is longer is found by its beginning. */
const MAX_TEXT = 4_000;
const MAX_TERMS = 120;
const MAX_NAME = 200;

/** Parts of names that tell operations on the same thing apart by where they look. */
const PLACES: ReadonlySet<string> = new Set(
  stemsOf("project projects location locations by at all subscription resource group scope id ex v2 list"),
);

export function indexedDocument({ id, kind, service, text, terms, ...document }: KnowledgeDocument): IndexedDocument {
  const name = document.name.slice(0, MAX_NAME);
  const words = stemsOf(name);
  const verb = leadingVerb(name);
  return {
    id,
    kind,
    name: kind === "operation" ? words.join(" ") : wordsOfText(name).join(" "),
    pairs: words
      .slice(1)
      .map((word, index) => `${words[index]}${word}`)
      .join(" "),
    service: stemsOf(service).join(" "),
    text: wordsOfText(text.slice(0, MAX_TEXT)).join(" "),
    terms: [...new Set(terms.slice(0, MAX_TERMS).flatMap((term) => stemsOf(term.slice(0, MAX_NAME))))]
      .filter((word) => !STOP_WORDS.has(word))
      .join(" "),
    subjects: new Set(words.filter((word) => !PLACES.has(word) && word !== verb)).size,
    verb: kindOfVerb(verb),
    ofService: service,
    plural: /[^s]s$/.test(name),
  };
}

/** `Disks_List` and `disks.aggregatedList` end with it, the others begin with it. */
function leadingVerb(name: string): string {
  return stemsOf(name.split(/[._]/).at(-1) ?? "")[0] ?? "";
}

function kindOfVerb(verb: string): IndexedDocument["verb"] {
  if (LISTING_VERBS.has(verb)) return "lists";
  if (READING_VERBS.has(verb) || ASKING_VERBS.has(verb)) return "reads";
  return CHANGING_VERBS.has(verb) ? "changes" : "unknown";
}

function wordsOfText(text: string): string[] {
  return piecesOf(text)
    .flatMap((piece) => {
      if (piece.type === "word") return [piece.stem];
      const chinese = bigramsOf(piece.chinese);
      return piece.type === "untranslated" ? chinese : [...chinese, ...piece.phrases.flat()];
    })
    .filter((word) => !STOP_WORDS.has(word));
}

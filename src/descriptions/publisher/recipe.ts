import type { ServiceDescription } from "../../contracts/index.ts";
import type { KnownService } from "../shared/known-services.ts";
import type { PinnedPlace } from "./pinned-hosts.ts";

interface FetchedJson {
  readonly value: unknown;
  /** ISO 8601 date on which it was fetched. */
  readonly date: string;
}

/** Gets and parses a document of a pinned place. Undefined where there is none. Throws `DESCRIPTION_REFUSED`. */
export type FetchJson = (url: string, place: PinnedPlace, signal: AbortSignal) => Promise<FetchedJson | undefined>;

/** Fetches what a publisher says of one service. */
export type Recipe = (fetchJson: FetchJson, known: KnownService, signal: AbortSignal) => Promise<ServiceDescription | undefined>;

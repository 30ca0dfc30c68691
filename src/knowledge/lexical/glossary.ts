import { ADMINISTRATION } from "./glossary/administration.ts";
import { COMPUTE } from "./glossary/compute.ts";
import { NETWORK } from "./glossary/network.ts";
import { OBSERVABILITY } from "./glossary/observability.ts";
import { OPERATIONS } from "./glossary/operations.ts";
import { QUESTIONS } from "./glossary/questions.ts";
import { STORAGE_DATABASE } from "./glossary/storage-database.ts";

/**
 * What API references write, in English, for a Chinese word: phrases between `|`, none for a word that says nothing to an index.
 * Written without spaces and in lower case.
 */
export const GLOSSARY: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...QUESTIONS, ...ADMINISTRATION, ...COMPUTE, ...NETWORK, ...OBSERVABILITY, ...OPERATIONS, ...STORAGE_DATABASE }),
);

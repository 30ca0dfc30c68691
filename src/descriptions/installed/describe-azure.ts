import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ServiceDescription } from "../../contracts/index.ts";
import type { KnownService } from "../shared/known-services.ts";
import { parseSwagger } from "../shared/parse-swagger.ts";
import { type AzurePackage, swaggerOf } from "./azure-swagger.ts";
import { filesIn, namesIn } from "./files-in.ts";
import type { PackageFolder } from "./package-folder.ts";
import { type Declaration, readDeclarations } from "./read-declarations.ts";

const MAX_MODEL_DEPTH = 4;

/** Operations of an `@azure/arm-*` package of the present generation (`dist/esm/api`, `dist/esm/models`). */
export function describeAzure({ path, origin }: PackageFolder, known: KnownService): ServiceDescription {
  const root = join(path, "dist/esm");
  const folders = foldersUnder(join(root, "models"), MAX_MODEL_DEPTH);
  const groups = new Map<string, { readonly code: string; readonly declared: string }>();
  for (const group of ["", ...namesIn(join(root, "api"))]) {
    const code = join(root, "api", group, "operations.js");
    if (existsSync(code))
      groups.set(group, { code: readFileSync(code, "utf8"), declared: readFileSync(code.replace(/js$/, "d.ts"), "utf8") });
  }
  const declarations = new Map<string, Declaration>();
  for (const folder of [...folders, ...[...groups.keys()].map((group) => join(root, "api", group))]) {
    for (const text of filesIn(folder, ".d.ts"))
      for (const [name, declaration] of readDeclarations(text)) declarations.set(name, declaration);
  }
  const models = folders.flatMap((folder) => [...filesIn(folder, "models.js")]);
  const documents = swaggerOf({ models, declarations, groups } satisfies AzurePackage);
  // Newest first: where an operation is in several versions of the API, that one stands.
  return parseSwagger(documents, [...documents.keys()].sort().reverse(), { known, origin });
}

function foldersUnder(folder: string, depth: number): string[] {
  if (depth === 0) return [folder];
  const inner = namesIn(folder).filter((name) => !name.includes("."));
  return [folder, ...inner.flatMap((name) => foldersUnder(join(folder, name), depth - 1))];
}

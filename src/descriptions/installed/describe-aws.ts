import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ServiceDescription } from "../../contracts/index.ts";
import type { KnownService } from "../shared/known-services.ts";
import { parseSmithy } from "../shared/parse-smithy.ts";
import { awsModel } from "./aws-model.ts";
import { filesIn } from "./files-in.ts";
import type { PackageFolder } from "./package-folder.ts";
import { type Declaration, readDeclarations } from "./read-declarations.ts";
import { type Literal, readSchemas } from "./read-schemas.ts";

/** Operations of an `@aws-sdk/client-*` package, from its schemas and declarations. */
export function describeAws({ path, origin }: PackageFolder, known: KnownService): ServiceDescription {
  const schemas = new Map<string, Literal>();
  for (const text of filesIn(join(path, "dist-es/schemas"), ".js")) {
    for (const [name, value] of readSchemas(text)) schemas.set(name, value);
  }
  const declarations = new Map<string, Declaration>();
  for (const text of filesIn(join(path, "dist-types/models"), ".d.ts")) {
    for (const [name, declaration] of readDeclarations(text)) declarations.set(name, declaration);
  }
  const configuration = readFileSync(join(path, "dist-es/runtimeConfig.shared.js"), "utf8");
  const setting = (name: RegExp) => name.exec(configuration)?.[1] ?? "";
  const model = awsModel({
    schemas,
    declarations,
    documentation: documentationIn(join(path, "dist-types/commands")),
    paginated: paginatedIn(join(path, "dist-es/pagination")),
    protocol: setting(/protocol: config\?\.protocol \?\? (\w+)/),
    version: setting(/apiVersion: "([\w-]+)"/),
    target: setting(/serviceTarget: "(\w+)"/),
  });
  return parseSmithy(model, { known, origin });
}

/** What stands above `declare const NAMECommand_base`, or above the class. */
function documentationIn(folder: string): Map<string, string> {
  const documentation = new Map<string, string>();
  for (const text of filesIn(folder, "Command.d.ts")) {
    const declaration = /\/\*\*\n((?: \*[^\n]*\n)*?) \*\/\nexport declare class (\w+)Command /.exec(text);
    if (declaration?.[2] === undefined) continue;
    const words = (declaration[1] ?? "").split("\n").map((line) => line.replace(/^ \* ?/, ""));
    const end = words.findIndex((line) => line.startsWith("@"));
    documentation.set(declaration[2], words.slice(0, end < 0 ? undefined : end).join("\n"));
  }
  return documentation;
}

function paginatedIn(folder: string): Map<string, { readonly inputToken: string; readonly outputToken: string }> {
  const paginated = new Map<string, { readonly inputToken: string; readonly outputToken: string }>();
  for (const text of filesIn(folder, ".js")) {
    const match = /createPaginator\(\w+, (\w+)Command, "([\w.]+)", "([\w.]+)"/.exec(text);
    const [, name, inputToken, outputToken] = match ?? [];
    if (name !== undefined && inputToken !== undefined && outputToken !== undefined) paginated.set(name, { inputToken, outputToken });
  }
  return paginated;
}

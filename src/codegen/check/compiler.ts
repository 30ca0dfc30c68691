import { dirname } from "node:path";
import type ts from "typescript";
import { optionalImport } from "../../runtime/optional-import.ts";

export type TypeScript = typeof ts;

/** A program beside its declarations, parsed and ready to be checked. */
export interface CompiledProgram {
  readonly typescript: TypeScript;
  readonly source: ts.SourceFile;
  readonly checker: ts.TypeChecker;
  readonly syntaxErrors: readonly ts.Diagnostic[];
  typeErrors(): readonly ts.Diagnostic[];
}

const CODE_FILE = "/program.ts";
const DECLARATIONS_FILE = "/declarations.d.ts";
/** The language without a host: no DOM, no Node, nothing that reads source text. */
const LIBRARY = /^lib\.(es|decorators)[\w.]*\.d\.ts$/;
const SOURCE_READERS = /^declare function eval\(.*$/m;

/** Loads TypeScript once, and keeps the library's files parsed. Rejects with `DEPENDENCY_MISSING`. */
export async function loadCompiler(): Promise<{
  readonly typescript: TypeScript;
  compile(code: string, declarations: string): CompiledProgram;
}> {
  const { default: typescript } = await optionalImport("typescript", () => import("typescript"));
  const options: ts.CompilerOptions = {
    target: typescript.ScriptTarget.ES2024,
    module: typescript.ModuleKind.ESNext,
    // The program's names are its own: an `interface Array` of it adds nothing to the library's.
    moduleDetection: typescript.ModuleDetectionKind.Force,
    moduleResolution: typescript.ModuleResolutionKind.Bundler,
    lib: ["lib.es2024.d.ts"],
    types: [],
    strict: true,
    noUncheckedIndexedAccess: true,
    erasableSyntaxOnly: true,
    noFallthroughCasesInSwitch: true,
    allowUnreachableCode: true,
    allowUnusedLabels: true,
    skipLibCheck: true,
    skipDefaultLibCheck: true,
    noEmit: true,
  };
  const libraryFolder = dirname(typescript.getDefaultLibFilePath(options));
  const library = new Map<string, ts.SourceFile | undefined>();
  const parse = (name: string, text: string) =>
    typescript.createSourceFile(
      name,
      text,
      { languageVersion: typescript.ScriptTarget.ES2024, impliedNodeFormat: typescript.ModuleKind.ESNext },
      true,
    );
  const libraryFile = (name: string) => {
    const cached = library.get(name);
    if (cached !== undefined) return cached;
    const text = LIBRARY.test(name) ? typescript.sys.readFile(`${libraryFolder}/${name}`) : undefined;
    const file = text === undefined ? undefined : parse(`${libraryFolder}/${name}`, text.replace(SOURCE_READERS, ""));
    library.set(name, file);
    return file;
  };

  return {
    typescript,
    compile(code, declarations) {
      const source = parse(CODE_FILE, code);
      const files = new Map([
        [CODE_FILE, source],
        [DECLARATIONS_FILE, parse(DECLARATIONS_FILE, declarations)],
      ]);
      const fileOf = (name: string) =>
        files.get(name) ?? (name.startsWith(`${libraryFolder}/`) ? libraryFile(name.slice(libraryFolder.length + 1)) : undefined);
      const program = typescript.createProgram({
        rootNames: [...files.keys()],
        options,
        host: {
          getSourceFile: fileOf,
          fileExists: (name) => fileOf(name) !== undefined,
          readFile: (name) => fileOf(name)?.text,
          getDefaultLibFileName: () => `${libraryFolder}/lib.es2024.d.ts`,
          getDefaultLibLocation: () => libraryFolder,
          writeFile: () => {},
          getCurrentDirectory: () => "/",
          getCanonicalFileName: (name) => name,
          useCaseSensitiveFileNames: () => true,
          getNewLine: () => "\n",
          directoryExists: () => false,
          getDirectories: () => [],
        },
      });
      const [broken] = program.getSyntacticDiagnostics(files.get(DECLARATIONS_FILE));
      // Checked against less than all, wrong programs would pass.
      if (broken !== undefined)
        throw new Error(`Declarations do not parse: ${typescript.flattenDiagnosticMessageText(broken.messageText, " ")}`);
      return {
        typescript,
        source,
        checker: program.getTypeChecker(),
        syntaxErrors: program.getSyntacticDiagnostics(source),
        typeErrors: () => program.getSemanticDiagnostics(source),
      };
    },
  };
}

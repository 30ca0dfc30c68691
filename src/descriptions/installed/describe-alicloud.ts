import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ServiceDescription } from "../../contracts/index.ts";
import type { KnownService } from "../shared/known-services.ts";
import { parseAlicloud } from "../shared/parse-alicloud.ts";
import { alicloudModels, type ReadModel } from "./alicloud-models.ts";
import { namesIn } from "./files-in.ts";
import type { PackageFolder } from "./package-folder.ts";

/** Operations of an `@alicloud/*` package, as the OpenAPI metadata they were generated from. */
export function describeAlicloud({ path, origin }: PackageFolder, known: KnownService): ServiceDescription {
  const folder = join(path, "dist/models");
  // `OSSExport` is in `Ossexport.js`.
  const files = new Map(
    namesIn(folder).flatMap((name) => (name.endsWith(".js") ? [[name.slice(0, -3).toLowerCase(), name] as const] : [])),
  );
  const read: ReadModel = (name) => {
    const file = files.get(name.toLowerCase());
    if (file === undefined) return undefined;
    const code = join(folder, file);
    return { code: readFileSync(code, "utf8"), declared: readFileSync(code.replace(/js$/, "d.ts"), "utf8") };
  };
  const code = readFileSync(join(path, "dist/client.js"), "utf8");
  return parseAlicloud(metadataOf(code, documentationIn(readFileSync(join(path, "dist/client.d.ts"), "utf8")), read), { known, origin });
}

const METHOD = /^ {4}async (\w+)WithOptions\((.*)\) \{\n([\s\S]*?)^ {4}\}/gm;
const SETTING = /(query|body|bodyFlat|realHeaders|hostMap)\["([^"]+)"\] = (.+);/g;

function metadataOf(code: string, documentation: ReadonlyMap<string, string>, read: ReadModel): unknown {
  const models = alicloudModels(read);
  const apis = new Map<string, unknown>();
  let version = "";
  let product = "RPC";
  for (const [, method = "", , body = ""] of code.matchAll(METHOD)) {
    const param = (name: string) => new RegExp(`${name}: [\`"]([^\`"]*)[\`"]`).exec(body)?.[1] ?? "";
    const action = param("action");
    if (action === "") continue;
    version = param("version");
    const style = param("style");
    const path = param("pathname").replace(/\$\{(?:[\w.]+\()?(\w+)\)?\}/g, "{$1}");
    if (style === "ROA") product = "SLS";
    const request = models.requestSchemas(`${action}Request`);
    const headers = models.requestSchemas(`${action}Headers`);
    const parameters = [...body.matchAll(SETTING)].flatMap(([, target = "", name = "", expression = ""]) =>
      parameterOf(target, name, expression, style, request, headers),
    );
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
      name,
      in: "path",
      schema: { type: "string", required: true },
    }));
    const whole = /\bbody: (?:\w+\.)*\w*\(?(?:\w+\.)*(?:toArray|parseToMap)?\(?request\.body\)?/.test(body)
      ? [{ name: "body", in: "body", schema: request.get("body") ?? {} }]
      : [];
    // The body's members stand each for itself: together they are the body.
    const members = parameters.filter((parameter) => parameter.in === "body");
    const joined =
      members.length === 0
        ? []
        : [
            {
              name: "body",
              in: "body",
              schema: { type: "object", properties: Object.fromEntries(members.map(({ name, schema }) => [name, schema])) },
            },
          ];
    apis.set(action, {
      summary: documentation.get(method),
      methods: [param("method").toLowerCase()],
      path,
      parameters: [...inPath, ...parameters.filter((parameter) => parameter.in !== "body"), ...joined, ...whole],
      responses: { "200": { schema: models.schemaOf(models.bodyType(`${action}Response`)) } },
    });
  }
  return { info: { style: product, version }, apis: Object.fromEntries(apis), components: { schemas: Object.fromEntries(models.schemas) } };
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly style?: string;
  readonly schema: Record<string, unknown>;
}

function parameterOf(
  target: string,
  name: string,
  expression: string,
  style: string,
  request: ReadonlyMap<string, Record<string, unknown>>,
  headers: ReadonlyMap<string, Record<string, unknown>>,
): Parameter[] {
  const property = /\w+\.(\w+)/.exec(expression.replace(/String\(/, ""))?.[1] ?? "";
  // `resourcePoolOptionsShrink` is `resourcePoolOptions` as JSON text.
  const original = property.replace(/Shrink$/, "");
  if (target === "hostMap") return [{ name, in: "host", schema: { type: "string", required: true } }];
  if (target === "realHeaders") return [{ name, in: "header", schema: headers.get(property) ?? { type: "string" } }];
  const schema = request.get(original) ?? { type: "string" };
  const isBody = target !== "query" && style === "ROA";
  return [{ name, in: isBody ? "body" : "query", schema, ...(original === property ? {} : { style: "json" }) }];
}

/** What stands above each method of the client. */
function documentationIn(declared: string): Map<string, string> {
  const documentation = new Map<string, string>();
  for (const [, comment = "", method = ""] of declared.matchAll(/\/\*\*\n((?: {5}\*.*\n)*?) {5}\*\/\n {4}(\w+)WithOptions\(/g)) {
    const words = comment.split("\n").map((line) => line.trim().replace(/^\* ?/, ""));
    const end = words.findIndex((line) => /^@(param|returns|deprecated)/.test(line));
    documentation.set(
      method,
      words
        .slice(0, end < 0 ? undefined : end)
        .join("\n")
        .replace("@remarks", ""),
    );
  }
  return documentation;
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ServiceDescription } from "../../contracts/index.ts";
import { parseJson } from "../shared/json.ts";
import type { KnownService } from "../shared/known-services.ts";
import { parseDiscovery } from "../shared/parse-discovery.ts";
import { filesIn } from "./files-in.ts";
import { discoveryOf, type ProtoComments } from "./google-protos.ts";
import type { PackageFolder } from "./package-folder.ts";

/** Operations of a package that carries its protos: `google.monitoring.v3` in `@google-cloud/monitoring`. */
export function describeGoogle({ path, origin }: PackageFolder, known: KnownService, protoPackage: string): ServiceDescription {
  const folder = protoPackage.split(".");
  const protos = parseJson(readFileSync(join(path, "build/protos/protos.json"), "utf8"), origin.source);
  const comments = commentsIn(join(path, "build/protos", ...folder));
  return parseDiscovery(discoveryOf(protos, folder, known.service, folder.at(-1) ?? "", comments), { known, origin });
}

/** Comments above services' methods, messages and their fields. */
function commentsIn(folder: string): ProtoComments {
  const comments = new Map<string, string>();
  for (const text of filesIn(folder, ".proto")) {
    const open: string[] = [];
    let words: string[] = [];
    for (const line of text.split("\n").map((each) => each.trim())) {
      if (line.startsWith("//")) {
        words.push(line.slice(2).trim());
        continue;
      }
      const block = /^(?:message|service|enum|oneof|rpc) (\w+)/.exec(line);
      const member = /^(?:repeated |optional )?(?:map<[^>]+>|[\w.]+) (\w+) = \d+/.exec(line);
      // Fields of a `oneof` belong to the message around it.
      const around = open.filter((name) => name !== "" && name !== "oneof");
      const name = block?.[1] ?? member?.[1]?.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
      if (name !== undefined && words.length > 0) comments.set([...around, name].join("."), words.join(" "));
      if (line.endsWith("{")) open.push(line.startsWith("oneof ") ? "oneof" : (block?.[1] ?? ""));
      else if (/^\};?$/.test(line)) open.pop();
      words = [];
    }
  }
  return comments;
}

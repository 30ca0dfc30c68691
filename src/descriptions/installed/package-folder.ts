import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { DescriptionOrigin } from "../../contracts/index.ts";

/** A package that is installed beside nephoscope. */
export interface PackageFolder {
  readonly path: string;
  readonly origin: DescriptionOrigin;
}

/** Looked up as `require` would, but without the package's `exports`: nothing of it is run. Undefined where it is not installed. */
export function packageFolder(name: string): PackageFolder | undefined {
  for (const parent of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    const path = join(parent, name);
    const manifest = join(path, "package.json");
    const version = versionIn(manifest);
    if (version === undefined) continue;
    const date = statSync(manifest).mtime.toISOString().slice(0, 10);
    return { path, origin: { kind: "installed", source: `${name} ${version}`, date } };
  }
  return undefined;
}

function versionIn(manifest: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(manifest, "utf8"));
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}

import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CATALOG } from "../../src/catalog.ts";

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
  exports: Record<string, string | Record<string, string>>;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional: boolean }>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

test("every driver folder has an entry in the catalog and in the exports, and the other way round", () => {
  const folders = globSync(["src/{providers,models,sandboxes,knowledge,descriptions,stores,executors}/*/index.ts", "bots/*/index.ts"])
    .map((path) => path.replace(/^src\//, "").slice(0, -"/index.ts".length))
    .filter((path) => !path.endsWith("/shared"));
  expect(CATALOG.map((entry) => entry.subpath.replace(/^nephoscope\//, "")).sort()).toEqual(folders.sort());
  const exported = Object.keys(manifest.exports)
    .filter((key) => key.split("/").length === 3)
    .map((key) => key.slice("./".length));
  expect(exported.sort()).toEqual(folders.sort());
});

test("every package a driver needs is an optional peer, and a pinned development dependency", () => {
  for (const entry of CATALOG) {
    for (const name of entry.packages) {
      expect(manifest.peerDependencies, name).toHaveProperty([name]);
      expect(manifest.peerDependenciesMeta[name], name).toEqual({ optional: true });
      expect(manifest.devDependencies[name], name).toMatch(/^\d/);
    }
  }
});

test("every dependency is pinned exactly", () => {
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+/);
  }
});

test("every exports entry has source, types and default, each of the same path", () => {
  for (const [key, value] of Object.entries(manifest.exports)) {
    if (typeof value === "string") continue;
    const source = value["@nephoscope/source"]!.replace(/^\.\/(src\/)?/, "").replace(/\.ts$/, "");
    expect(value, key).toEqual({
      "@nephoscope/source": source.startsWith("bots/") ? `./${source}.ts` : `./src/${source}.ts`,
      types: `./dist/${source}.d.ts`,
      default: `./dist/${source}.js`,
    });
    expect(globSync(value["@nephoscope/source"]!).length, key).toBeGreaterThan(0);
  }
});

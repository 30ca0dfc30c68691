// Installs the packed package into an empty project, without any optional peer, and uses it as a newcomer would.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "nephoscope-tarball-"));
const inFolder = { cwd: folder, encoding: "utf8" };
try {
  const [{ filename }] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], { encoding: "utf8" }),
  );
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "newcomer", private: true, type: "module" }));
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", `./${filename}`], inFolder);

  const manifest = JSON.parse(readFileSync(join(folder, "node_modules/nephoscope/package.json"), "utf8"));
  for (const key of Object.keys(manifest.exports)) {
    // vitest is a peer of the contract suites, and of nothing else.
    if (key === "./testing" || key === "./package.json") continue;
    const name = `nephoscope${key.slice(1)}`;
    const names = execFileSync(
      process.execPath,
      ["-e", `import("${name}").then((module) => console.log(Object.keys(module).length))`],
      inFolder,
    );
    assert.ok(Number(names) > 0, `${name} exports nothing`);
  }

  // Generated code needs the engine of its sandbox and the index of API descriptions.
  for (const file of [
    "sandbox/plugin.wasm",
    ...["alicloud", "aws", "azure", "gcp", "volcengine"].map((id) => `descriptions/${id}.json.gz`),
  ]) {
    assert.ok(readFileSync(join(folder, "node_modules/nephoscope/generated", file)).length > 1_000, `${file} is missing`);
  }

  const cli = (...args) =>
    spawnSync(process.execPath, ["node_modules/nephoscope/bin/nephoscope.js", ...args], {
      ...inFolder,
      env: { PATH: process.env.PATH, HOME: folder },
    });
  assert.equal(cli("--version").stdout.trim(), manifest.version);
  // Each cloud, asked by name, says which package it misses.
  for (const [provider, missing] of Object.entries({
    aws: /npm install @aws-sdk\//,
    azure: /npm install @azure\//,
    gcp: /npm install (@google-cloud\/|google-auth-library)/,
    alicloud: /npm install @alicloud\//,
    volcengine: /npm install @volcengine\//,
  })) {
    const asked = cli("ask", "which servers have CPU over 80%", "--provider", provider);
    assert.equal(asked.status, 2, asked.stdout + asked.stderr);
    assert.match(asked.stdout + asked.stderr, missing);
    assert.doesNotMatch(asked.stdout + asked.stderr, /\n\s+at /);
  }
  const asJson = JSON.parse(cli("ask", "列出服务器", "--provider", "gcp", "--json").stdout);
  assert.equal(asJson.error.code, "DEPENDENCY_MISSING");
  console.log(`The tarball (${filename}) installs and runs without optional peers, and says what to add.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

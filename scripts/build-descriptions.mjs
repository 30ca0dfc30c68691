// Builds the compact index of API descriptions that ships with the package: `generated/descriptions/PROVIDER.json.gz`, from the SDK
// packages installed as development dependencies and our own supplement. Does nothing where nothing changed.
import { createHash } from "node:crypto";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = process.argv[2] ?? join(root, "generated/descriptions");
const fingerprintFile = join(target, "fingerprint.txt");

const fingerprint = fingerprintOfInputs();
if (readOr(fingerprintFile, "") === fingerprint) {
  console.log("descriptions: nothing changed");
} else {
  await build();
}

async function build() {
  const { compactService } = await import("../src/descriptions/shared/compact-service.ts");
  const { installed } = await import("../src/descriptions/installed/index.ts");
  const { supplemented } = await import("../src/descriptions/shipped/supplemented.ts");
  const source = installed();
  mkdirSync(target, { recursive: true });
  for (const provider of ["aws", "azure", "gcp", "alicloud", "volcengine"]) {
    const found = await Promise.all(
      (await source.services(provider)).map((service) => source.describe(provider, service, new AbortController().signal)),
    );
    const services = supplemented(
      provider,
      found.filter((description) => description !== undefined),
    );
    const index = Object.fromEntries(services.map((description) => [description.service, compactService(description)]));
    const bytes = gzipSync(JSON.stringify(index), { level: 9 });
    writeFileSync(join(target, `${provider}.json.gz`), bytes);
    const operations = services.reduce((sum, { operations }) => sum + operations.length, 0);
    console.log(
      `descriptions: ${provider}: ${operations} operations of ${services.length} services, ${(bytes.length / 1e6).toFixed(2)} MB`,
    );
  }
  // Last: a build that was interrupted is done again.
  writeFileSync(fingerprintFile, fingerprint);
}

/** Our sources and the versions of what is installed: what the index follows from. */
function fingerprintOfInputs() {
  const hash = createHash("sha256");
  const sources = globSync(["src/descriptions/{shared,installed,shipped}/**/*.ts", "scripts/build-descriptions.mjs"], { cwd: root });
  for (const path of sources.sort()) hash.update(path).update(readFileSync(join(root, path)));
  const packages = globSync("node_modules/{@aws-sdk,@azure,@google-cloud,@googleapis,@alicloud}/*/package.json", { cwd: root });
  for (const path of packages.sort()) hash.update(path).update(JSON.parse(readFileSync(join(root, path), "utf8")).version ?? "");
  return hash.digest("hex");
}

function readOr(path, fallback) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return fallback;
  }
}

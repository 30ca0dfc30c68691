// Calls each field of each emulator reply otherwise, one at a time, and asks who notices.
//
//   node --conditions=@nephoscope/source scripts/mutate-emulator.mjs [--provider aws,gcp] [--sample K] [--seed S] [--verbose]
//
// Two checks look at every mutation: the conformance check (what the vendor published, test/emulator/**/conformance), and the provider,
// whose answers over the mutated wire are compared with those that equal the ground truth. The exit status is 1 if a field survives both;
// it is an error if a check is red without any mutation, or if nobody looks at an operation. `--sample` is of all clouds together, the
// same number of each. Everything runs in this process: replies are recorded once and played back.
//
// No fields, and left as they are: keys that customers choose (tags, labels, fields of log lines) and columns that a query names itself.
import { parseArgs } from "node:util";
import { mutateCloud } from "./mutate/mutate-cloud.mjs";
import { outcomeTable } from "./mutate/outcome-table.mjs";

const CLOUDS = {
  aws: async () => (await import("../test/emulator/conformance/mutated-aws.ts")).mutatedAws,
  azure: async () => (await import("../test/emulator/azure/conformance/mutated-azure.ts")).mutatedAzure,
  gcp: async () => (await import("../test/emulator/gcp/conformance/mutated-gcp.ts")).mutatedGcp,
  alicloud: async () => (await import("../test/emulator/alicloud/conformance/mutated-alicloud.ts")).mutatedAlicloud,
  volcengine: async () => (await import("../test/emulator/volcengine/conformance/mutated-volcengine.ts")).mutatedVolcengine,
};

const { values: options } = parseArgs({
  options: {
    provider: { type: "string", default: Object.keys(CLOUDS).join(",") },
    sample: { type: "string" },
    seed: { type: "string", default: "1" },
    verbose: { type: "boolean", default: false },
  },
});
const ids = options.provider.split(",");
const limit = options.sample === undefined ? Number.POSITIVE_INFINITY : Math.ceil(Number(options.sample) / ids.length);
const startedMs = performance.now();

const totals = { fields: 0, mutations: 0, survivors: 0 };
for (const id of ids) {
  if (CLOUDS[id] === undefined) throw new Error(`There is no cloud ${id}; known: ${Object.keys(CLOUDS).join(", ")}.`);
  const cloudStartedMs = performance.now();
  const { fields, outcomes } = await mutateCloud(await CLOUDS[id](), { limit, seed: Number(options.seed), onOutcome: tell });
  const survivors = outcomes.filter(({ survived }) => survived).length;
  console.log(`${id}: ${outcomes.length} mutations of ${fields} fields in ${secondsSince(cloudStartedMs)} s; ${survivors} survived`);
  console.log(`${outcomeTable(outcomes)}\n`);
  totals.fields += fields;
  totals.mutations += outcomes.length;
  totals.survivors += survivors;
}
console.log(
  `${totals.mutations} mutations of ${totals.fields} fields in ${secondsSince(startedMs)} s; ${totals.survivors} survived. "conformance": killed by what the vendor published.`,
);
console.log('By the provider: "refused" throws, "changed" answers otherwise than the ground truth, "unread" does not look at the field.');
process.exitCode = totals.survivors > 0 ? 1 : 0;

function tell({ kind, path, conformance, provider }) {
  if (options.verbose) console.log(`${conformance ? "killed  " : "survived"}  ${provider.padEnd(8)}  ${kind}  ${path}`);
}

function secondsSince(startMs) {
  return ((performance.now() - startMs) / 1_000).toFixed(1);
}

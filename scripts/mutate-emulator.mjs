// Calls each field of each emulator reply otherwise, one at a time, and asks who notices.
//
//   node --conditions=@nephoscope/source scripts/mutate-emulator.mjs [--sample K] [--seed S] [--verbose]
//
// Two checks look at every mutation: the conformance check (the vendor's own model, test/emulator/conformance), and the AWS provider,
// whose answers over the mutated wire are compared with those that equal the ground truth. The exit status is 1 if a field survives both,
// or if a check is red without any mutation. Everything runs in this process: replies are recorded once and played back.
import { parseArgs } from "node:util";
import { aws } from "../src/providers/aws/index.ts";
import { startAwsWorld } from "../test/emulator/aws-world.ts";
import { errorViolations } from "../test/emulator/conformance/error-violations.ts";
import { outcomeOf, PROBE_WINDOW, PROBES } from "../test/emulator/conformance/provider-probes.ts";
import { recordErrors, setFaults } from "../test/emulator/conformance/recorded-errors.ts";
import { recordEverything } from "../test/emulator/conformance/recorded-replies.ts";
import { fieldPathsOf, renameField } from "../test/emulator/conformance/rename-field.ts";
import { replyViolations } from "../test/emulator/conformance/reply-violations.ts";
import { Tape } from "../test/emulator/conformance/tape.ts";

const { values: options } = parseArgs({
  options: { sample: { type: "string" }, seed: { type: "string", default: "1" }, verbose: { type: "boolean", default: false } },
});
const startedMs = performance.now();

// Two replies of one operation are of different kinds if one of them is an error: their fields are different ones.
const ERROR_HEADERS = ["x-amzn-errortype", "x-amzn-query-error"];
const kindOf = ({ id, operation, status }) => `${id} ${operation}${status === 200 ? "" : " (error)"}`;

const stage = await recordProbes();
const checks = checkedFields([...(await recordConformance()), ...stage.replies]);
const mutations = sampled([...checks.values()]);

let survivors = 0;
const table = new Map();
for (const mutation of mutations) {
  const conformance = conformanceNotices(mutation);
  const provider = await providerNotices(stage, mutation);
  if (!conformance && provider === "unread") survivors++;
  const row = table.get(mutation.kind) ?? { fields: 0, conformance: 0, refused: 0, changed: 0, unread: 0, survived: [] };
  row.fields++;
  if (conformance) row.conformance++;
  row[provider]++;
  if (!conformance && provider === "unread") row.survived.push(mutation.path);
  table.set(mutation.kind, row);
  if (options.verbose) console.log(`${conformance ? "killed  " : "survived"}  ${provider.padEnd(8)}  ${mutation.kind}  ${mutation.path}`);
}
await stage.close();
printTable();
process.exitCode = survivors > 0 ? 1 : 0;

async function recordConformance() {
  const world = await startAwsWorld({ instances: 2_000 });
  try {
    return [...(await recordEverything(world)), ...(await recordErrors(world))];
  } finally {
    await world.emulator.close();
  }
}

/** Every field of every reply, with the shortest reply that has it, which is the quickest to check. */
function checkedFields(replies) {
  const red = replies.flatMap(violationsOf);
  if (red.length > 0) throw new Error(`The conformance check is red without any mutation:\n${red.slice(0, 20).join("\n")}`);
  const fields = new Map();
  for (const reply of replies.toSorted((left, right) => left.body.length - right.body.length)) {
    for (const path of pathsOf(reply)) {
      const key = `${kindOf(reply)} ${path}`;
      if (!fields.has(key)) fields.set(key, { kind: kindOf(reply), path, reply });
    }
  }
  return new Map([...fields].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function violationsOf(reply) {
  return reply.status === 200 ? replyViolations(reply) : errorViolations(reply);
}

function conformanceNotices({ path, reply }) {
  return violationsOf(renamed(reply, path)).length > 0;
}

/** Errors tell their codes in headers too. */
function pathsOf(reply) {
  const headers = ERROR_HEADERS.filter((name) => reply.status !== 200 && reply.headers.has(name));
  return [...fieldPathsOf(reply), ...headers.map((name) => `header ${name}`)];
}

function renamed(reply, path) {
  if (!path.startsWith("header ")) return { ...reply, body: renameField(reply, path) };
  const headers = new Headers(reply.headers);
  headers.delete(path.slice("header ".length));
  return { ...reply, headers };
}

/** Runs every probe on the true wire, holds its answer to the ground truth, and keeps what went over the wire. */
async function recordProbes() {
  const worlds = { small: await openStage({ instances: 400 }), large: await openStage({ instances: 6_000 }) };
  const recordings = [];
  for (const probe of PROBES) {
    const { world, tape, truth } = worlds[probe.world];
    await setFaults(world, ...(probe.faults ?? []));
    // A fresh provider has nothing in memory; what it keeps belongs to this probe.
    const provider = freshProvider(tape);
    let outcome;
    const recording = await tape.record(async () => {
      outcome = await outcomeOf(probe, provider);
    });
    if (outcome.thrown && probe.faults === undefined) throw new Error(`${probe.name} fails without any mutation: ${outcome.answer}`);
    probe.verify?.(outcome.answer, truth);
    const played = await tape.play(
      recording,
      (reply) => reply,
      () => outcomeOf(probe, freshProvider(tape)),
    );
    if (JSON.stringify(played) !== JSON.stringify(outcome)) throw new Error(`${probe.name} answers otherwise when it is played back`);
    recordings.push({ probe, tape, recording, expected: JSON.stringify(outcome.answer), fields: fieldsOf(recording) });
    await setFaults(world);
  }
  const close = async () => {
    for (const { world, tape } of Object.values(worlds)) {
      await tape.close();
      await world.emulator.close();
    }
  };
  const replies = recordings.flatMap(({ recording }) => wiresOf(recording));
  return { recordings, replies, close };
}

async function openStage(emulatorOptions) {
  const world = await startAwsWorld(emulatorOptions);
  const tape = await Tape.open(world.emulator.url);
  return { world, tape, truth: await world.truth(PROBE_WINDOW.fromMs, PROBE_WINDOW.toMs) };
}

function freshProvider(tape) {
  return aws({}, { env: { NEPHOSCOPE_EMULATOR: tape.url } });
}

function wiresOf(recording) {
  return [...recording.values()].flat().flatMap(({ wire }) => wire ?? []);
}

function fieldsOf(recording) {
  return new Set(wiresOf(recording).flatMap((wire) => pathsOf(wire).map((path) => `${kindOf(wire)} ${path}`)));
}

/** `refused`: the provider throws. `changed`: it answers otherwise, without a word. `unread`: the same answer. */
async function providerNotices({ recordings }, { kind, path }) {
  const concerned = recordings.filter(({ fields }) => fields.has(`${kind} ${path}`));
  // The large world is there for what the small one does not have: tokens of second pages.
  const small = concerned.filter(({ probe }) => probe.world === "small");
  let verdict = "unread";
  for (const { probe, tape, recording, expected } of small.length > 0 ? small : concerned) {
    const rewrite = (reply) => (reply.wire === undefined || kindOf(reply.wire) !== kind ? reply : renamed(reply.wire, path));
    const provider = freshProvider(tape);
    const { answer, thrown } = await tape.play(recording, rewrite, () => outcomeOf(probe, provider));
    await provider.close?.();
    if (JSON.stringify(answer) === expected) continue;
    if (!thrown || probe.faults !== undefined) return "changed";
    verdict = "refused";
  }
  return verdict;
}

/** A sample that follows from the seed: the same numbers, the same mutations. */
function sampled(all) {
  if (options.sample === undefined) return all;
  let state = Number(options.seed) >>> 0;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
  return all
    .map((mutation) => ({ mutation, order: random() }))
    .sort((left, right) => left.order - right.order)
    .slice(0, Number(options.sample))
    .map(({ mutation }) => mutation);
}

function printTable() {
  const rows = [...table].sort(([left], [right]) => (left < right ? -1 : 1));
  const width = Math.max(...rows.map(([kind]) => kind.length));
  const cells = (values) => values.map((value) => String(value).padStart(12)).join("");
  console.log(`${"reply".padEnd(width)}${cells(["fields", "conformance", "refused", "changed", "unread", "survived"])}`);
  for (const [kind, { fields, conformance, refused, changed, unread, survived }] of rows) {
    console.log(`${kind.padEnd(width)}${cells([fields, conformance, refused, changed, unread, survived.length])}`);
    for (const path of survived) console.log(`  survived: ${path}`);
  }
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
  console.log(`\n${mutations.length} mutations in ${seconds} s; ${survivors} survived. "conformance": killed by the vendor's model.`);
  console.log('By the provider: "refused" throws, "changed" answers otherwise than the ground truth, "unread" does not look at the field.');
}

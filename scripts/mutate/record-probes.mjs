import { startEmulator } from "../../src/emulator/index.ts";
import { outcomeOf } from "../../test/emulator/conformance/probe.ts";
import { Tape } from "../../test/emulator/conformance/tape.ts";

/** Runs every probe on the true wire, holds its answer to the ground truth, and keeps what went over the wire. */
export async function recordProbes(cloud) {
  const stages = { small: await openStage(cloud, "small"), large: await openStage(cloud, "large") };
  const recordings = [];
  for (const probe of cloud.probes) recordings.push(await recordProbe(cloud, stages[probe.world], probe));
  const close = async () => {
    for (const { emulator, tape } of Object.values(stages)) {
      await tape.close();
      await emulator.close();
    }
  };
  return { recordings, replies: recordings.flatMap(({ recording }) => repliesOf(recording)), close };
}

/** `refused`: the provider throws. `changed`: it answers otherwise, without a word. `unread`: the same answer. */
export async function providerNotices(cloud, { recordings }, { kind, path }) {
  const concerned = recordings.filter(({ fields }) => fields.has(`${kind} ${path}`));
  // The large world is there for what the small one does not have: tokens of second pages.
  const small = concerned.filter(({ probe }) => probe.world === "small");
  let verdict = "unread";
  for (const recorded of small.length > 0 ? small : concerned) {
    const { answer, thrown } = await play(cloud, recorded, ({ mutable, ...reply }) =>
      mutable?.kind === kind ? mutable.renamed(path) : reply,
    );
    if (JSON.stringify(answer) === recorded.expected) continue;
    if (!thrown || recorded.probe.faults !== undefined) return "changed";
    verdict = "refused";
  }
  return verdict;
}

async function openStage(cloud, size) {
  const emulator = await startEmulator(cloud.worlds[size]);
  const { fromMs, toMs } = cloud.truthWindow;
  const truth = await emulator.truth(new Date(fromMs).toISOString(), new Date(toMs).toISOString());
  return { emulator, truth, tape: await Tape.open(emulator.url, cloud) };
}

async function recordProbe(cloud, { emulator, tape, truth }, probe) {
  const name = `${cloud.id}: ${probe.name}`;
  await setFaults(emulator, probe.faults ?? []);
  let outcome;
  const recording = await tape.record(async () => {
    outcome = await ask(cloud, tape, probe);
  });
  await setFaults(emulator, []);
  if (outcome.thrown && probe.faults === undefined) throw new Error(`${name}: it fails without any mutation: ${outcome.answer}`);
  try {
    probe.verify?.(outcome.answer, truth);
  } catch (error) {
    throw new Error(`${name}: ${error.message}`);
  }
  const recorded = { probe, tape, recording, expected: JSON.stringify(outcome.answer), fields: fieldsOf(recording) };
  const played = await play(cloud, recorded, ({ mutable: _, ...reply }) => reply);
  if (JSON.stringify(played) !== JSON.stringify(outcome)) throw new Error(`${name}: it answers otherwise when it is played back`);
  return recorded;
}

function play(cloud, { probe, tape, recording }, rewrite) {
  return tape.play(recording, rewrite, () => ask(cloud, tape, probe));
}

/** A fresh provider has nothing in memory; what it keeps belongs to this probe. */
async function ask(cloud, tape, probe) {
  const provider = cloud.createProvider({ env: { NEPHOSCOPE_EMULATOR: tape.url } });
  try {
    return await outcomeOf(probe, provider);
  } finally {
    await provider.close?.();
  }
}

async function setFaults(emulator, faults) {
  const response = await fetch(`${emulator.url}/_emulator/faults`, { method: "POST", body: JSON.stringify({ faults }) });
  if (!response.ok) throw new Error(await response.text());
}

function repliesOf(recording) {
  return [...recording.values()].flat().flatMap(({ mutable }) => mutable ?? []);
}

function fieldsOf(recording) {
  return new Set(repliesOf(recording).flatMap((reply) => reply.fieldPaths().map((path) => `${reply.kind} ${path}`)));
}

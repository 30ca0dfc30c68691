import { createClouds } from "../../src/emulator/clouds.ts";
import { providerNotices, recordProbes } from "./record-probes.mjs";

/** Makes the mutations of a cloud, at most `limit` of them, and tells for each who noticed. */
export async function mutateCloud(cloud, { limit, seed, onOutcome }) {
  const stage = await recordProbes(cloud);
  try {
    const fields = everyField([...(await cloud.recordConformance()), ...stage.replies]);
    expectEveryOperation(cloud.id, fields);
    const outcomes = [];
    for (const mutation of sampled(fields, limit, seed)) {
      const conformance = mutation.reply.renamed(mutation.path).violations().length > 0;
      const provider = await providerNotices(cloud, stage, mutation);
      const outcome = { ...mutation, conformance, provider, survived: !conformance && provider === "unread" };
      onOutcome(outcome);
      outcomes.push(outcome);
    }
    return { fields: fields.length, outcomes };
  } finally {
    await stage.close();
  }
}

/** Each field of each kind of reply once, with the shortest reply that has it, which is the quickest to check. */
function everyField(replies) {
  const red = [...new Set(replies.flatMap((reply) => reply.violations()))];
  if (red.length > 0) throw new Error(`The conformance check is red without any mutation:\n${red.slice(0, 20).join("\n")}`);
  const fields = new Map();
  for (const reply of replies.toSorted((left, right) => left.body.length - right.body.length)) {
    for (const path of reply.fieldPaths()) {
      const key = `${reply.kind} ${path}`;
      if (!fields.has(key)) fields.set(key, { kind: reply.kind, path, reply });
    }
  }
  return [...fields].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, field]) => field);
}

/** @throws Error where the emulator has an operation of which no successful reply is looked at. */
function expectEveryOperation(id, fields) {
  const { operations } = createClouds()
    .find((factory) => factory.id === id)
    .create(1, 1);
  const seen = new Set(fields.filter(({ kind }) => !kind.endsWith(")")).map(({ kind }) => kind.split(" ").at(-1)));
  const missing = operations.filter((operation) => !seen.has(operation));
  if (missing.length > 0) throw new Error(`${id}: nobody looks at ${missing.join(", ")}.`);
}

/** A sample that follows from the seed: the same numbers, the same mutations. */
function sampled(all, limit, seed) {
  if (limit >= all.length) return all;
  let state = seed >>> 0;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
  return all
    .map((mutation) => ({ mutation, order: random() }))
    .sort((left, right) => left.order - right.order)
    .slice(0, limit)
    .map(({ mutation }) => mutation);
}

import { DATA_KINDS } from "nephoscope";
import { z } from "zod";

const placeSchema = z.object({
  platform: z.enum(["slack", "teams"]),
  threadKey: z.string(),
  channel: z.string(),
  kind: z.enum(["personal", "group", "channel"]),
  reference: z.record(z.string(), z.unknown()),
});

const personSchema = z.object({ id: z.string(), name: z.string().nullable() });

const policySchema = z.object({
  via: z.enum(["slack", "teams"]),
  approvers: z.array(z.string()),
  selfApproval: z.boolean(),
  writeApprovals: z.number(),
});

/** What a person may ask in a place, as the rules said when the question was taken up. */
const grantSchema = z.object({
  where: z
    .object({
      providers: z.array(z.string()).optional(),
      accounts: z.array(z.string()).optional(),
      regions: z.array(z.string()).optional(),
      tags: z.record(z.string(), z.string()).optional(),
    })
    .nullable(),
  data: z.array(z.enum(DATA_KINDS)),
  policy: policySchema,
});

/**
 * Where a question stands:
 * `received` kept, nobody looked at it yet → `queued` allowed; with a `runId` it is to be gone on with → `running` somebody drives it, or did
 * → `waiting` for an approval → `queued` again …, or `ending`: over, its last view is to be delivered.
 * `telling`: answered by a sentence alone (help, a refusal).
 */
export const questionRecordSchema = z.object({
  id: z.string(),
  place: placeSchema,
  person: personSchema,
  text: z.string(),
  language: z.enum(["en", "zh"]),
  atMs: z.number(),
  receivedMs: z.number(),
  state: z.enum(["received", "queued", "running", "waiting", "ending", "telling"]),
  grant: grantSchema.nullable(),
  runId: z.string().nullable(),
  /** Approvals that the run waits for. */
  waitsFor: z.array(z.string()),
  /** Of the approvals as they were last shown; other than what stands now: somebody decided. */
  cards: z.string(),
  /** Why there is an end without a run's: stopped, or failed here. */
  end: z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("stopped") }),
      z.object({ kind: z.literal("failed"), code: z.string(), message: z.string(), hint: z.string().nullable() }),
    ])
    .nullable(),
  endedMs: z.number().nullable(),
  /** With `telling`. */
  sentence: z.string().nullable(),
  stoppedBy: z.string().nullable(),
  /** Times in a row that it could not be run because something of ours failed. */
  failures: z.number(),
  shown: z.record(z.string(), z.unknown()),
});

export type QuestionRecord = z.infer<typeof questionRecordSchema>;
export type Grant = z.infer<typeof grantSchema>;

/** What is kept of a question once its end was delivered: a repeated delivery finds it, and so does feedback. */
export const endedQuestionSchema = z.object({
  id: z.string(),
  platform: z.enum(["slack", "teams"]),
  channel: z.string(),
  askedBy: z.string(),
  runId: z.string().nullable(),
  language: z.enum(["en", "zh"]),
});

export type EndedQuestion = z.infer<typeof endedQuestionSchema>;

import { AsyncLocalStorageProviderSingleton } from "@langchain/core/singletons";
import { Annotation, type BaseCheckpointSaver, Command, END, interrupt, START, StateGraph } from "@langchain/langgraph";
import { type CodeAttempt, MAX_ATTEMPTS, type RehearsalReport } from "../contracts/index.ts";
import type { Text } from "../errors/index.ts";

/** What is known so far: kept by the checkpointer, so JSON and small. Rows never pass through it. */
export interface CodeState {
  /** Ids of the operations that retrieval found. */
  readonly found: readonly string[];
  /** What a reader of the answer must know of the search: that a part of the index did not answer. */
  readonly notes: readonly Text[];
  /** Attempts that failed, oldest first. */
  readonly attempts: readonly CodeAttempt[];
  /** Programs that a person had changed, with what they said, oldest first. Absent in runs of earlier versions. */
  readonly reviews?: readonly CodeAttempt[] | undefined;
  /** What the model wrote last. */
  readonly code: string | null;
  /** A `Program` as JSON text, once it is checked: as an object the saver would bring what it looks like to life (`lc: 1`). */
  readonly program: string | null;
  readonly rehearsal: RehearsalReport | null;
  readonly approvalId: string | null;
  readonly decision: Decision["decision"] | null;
}

/** What a person decided; with `revised` what they want changed. */
interface Decision {
  readonly decision: "approved" | "rejected" | "revised";
  readonly comment: string | null;
}

/** The way to a program that may run, one function a node. Each returns what it found out. */
export interface CodeStages {
  /** Has the descriptions of the clouds' APIs at hand. */
  specify(): Promise<void>;
  /** Finds the operations that may answer. */
  retrieve(): Promise<Pick<CodeState, "found" | "notes">>;
  /** Asks the model. A reply without a program is an attempt that failed. */
  generate(state: CodeState): Promise<Partial<CodeState>>;
  /** Types and policy. */
  check(state: CodeState): Promise<Partial<CodeState>>;
  rehearse(state: CodeState): Promise<Partial<CodeState>>;
  /** Keeps the request, for a person to decide. */
  request(state: CodeState): Promise<Pick<CodeState, "approvalId">>;
}

const State = Annotation.Root({
  found: Annotation<CodeState["found"]>(),
  notes: Annotation<CodeState["notes"]>(),
  attempts: Annotation<CodeState["attempts"]>(),
  reviews: Annotation<CodeState["reviews"]>(),
  code: Annotation<CodeState["code"]>(),
  program: Annotation<CodeState["program"]>(),
  rehearsal: Annotation<CodeState["rehearsal"]>(),
  approvalId: Annotation<CodeState["approvalId"]>(),
  decision: Annotation<CodeState["decision"]>(),
});

const BEGINNING: CodeState = {
  found: [],
  notes: [],
  attempts: [],
  reviews: [],
  code: null,
  program: null,
  rehearsal: null,
  approvalId: null,
  decision: null,
};
const CONFIGURABLE = "stages";

interface NodeConfig {
  readonly configurable?: Record<string, unknown>;
}

function stagesOf(config: NodeConfig): CodeStages {
  return config.configurable?.[CONFIGURABLE] as CodeStages;
}

function compileGraph(checkpointer: BaseCheckpointSaver) {
  /** Back to the model with what is wrong, or to the end after the last attempt. */
  const orAgain = (onward: "rehearse" | "request") => (state: CodeState) => {
    if (state.program !== null) return onward;
    return state.attempts.length < MAX_ATTEMPTS ? "generate" : END;
  };
  return (
    new StateGraph(State)
      .addNode("specify", async (_state, config: NodeConfig) => {
        await stagesOf(config).specify();
        return {};
      })
      .addNode("retrieve", (_state, config: NodeConfig) => stagesOf(config).retrieve())
      .addNode("generate", (state, config: NodeConfig) => stagesOf(config).generate(state))
      .addNode("check", (state, config: NodeConfig) => stagesOf(config).check(state))
      .addNode("rehearse", (state, config: NodeConfig) => stagesOf(config).rehearse(state))
      .addNode("request", (state, config: NodeConfig) => stagesOf(config).request(state))
      // Nothing but the interrupt: what stands before one runs again when the graph is resumed.
      .addNode("approve", (state) => decided(state, interrupt<string | null, Decision>(state.approvalId)))
      .addEdge(START, "specify")
      .addEdge("specify", "retrieve")
      .addEdge("retrieve", "generate")
      .addConditionalEdges(
        "generate",
        (state) => (state.code === null ? (state.attempts.length < MAX_ATTEMPTS ? "generate" : END) : "check"),
        ["generate", "check", END],
      )
      .addConditionalEdges("check", orAgain("rehearse"), ["rehearse", "generate", END])
      .addConditionalEdges("rehearse", orAgain("request"), ["request", "generate", END])
      .addEdge("request", "approve")
      .addConditionalEdges("approve", ({ decision }) => (decision === null ? "generate" : END), ["generate", END])
      .compile({ checkpointer })
  );
}

/** A revision begins anew, with all that people said so far. */
function decided(state: CodeState, { decision, comment }: Decision): Partial<CodeState> {
  if (decision !== "revised") return { decision };
  const review: CodeAttempt = {
    code: state.code ?? "",
    problems: [{ stage: "review", message: comment ?? "", line: null, column: null }],
  };
  return { ...BEGINNING, found: state.found, notes: state.notes, reviews: [...(state.reviews ?? []), review] };
}

/** Decided, or given up. */
function hasEnded({ decision, attempts, program }: CodeState): boolean {
  return decision !== null || (program === null && attempts.length >= MAX_ATTEMPTS);
}

/** Not as a part of the graph in whose node it is called: an interrupt would end that one, too. */
function byItself<Result>(work: () => Promise<Result>): Promise<Result> {
  return AsyncLocalStorageProviderSingleton.runWithConfig({}, work, true);
}

/** Where a code generation stands. */
export interface CodeWalk {
  /** What is known; undefined before anything was done. */
  state(): Promise<CodeState | undefined>;
  /** Walks on from where it stands, or from the beginning, until a person is needed or the end is reached. */
  walk(stages: CodeStages): Promise<CodeState>;
  /** Goes on behind the approval `approvalId`: to the end, or to the next approval. Harmless where that was done before. */
  decide(approvalId: string, decision: Decision, stages: CodeStages): Promise<CodeState>;
}

/** The graph of one code generation: durable under `threadId` in the saver that a store hands out. */
export function codeWalk(saver: object, threadId: string): CodeWalk {
  const graph = compileGraph(saver as BaseCheckpointSaver);
  const thread = { configurable: { thread_id: threadId } };
  // Three attempts take ten steps; the default of 25 would do, but would not say why.
  const options = { recursionLimit: 25, durability: "sync" } as const;

  const configOf = (stages: CodeStages) => ({ ...options, configurable: { ...thread.configurable, [CONFIGURABLE]: stages } });

  async function state(): Promise<CodeState | undefined> {
    const { values } = await byItself(() => graph.getState(thread));
    return "attempts" in values ? (values as CodeState) : undefined;
  }

  return {
    state,
    async walk(stages) {
      const { next, values } = await byItself(() => graph.getState(thread));
      const begun = "attempts" in values;
      // Not by what comes next: that is nothing, too, where a process ended between what a node wrote and the checkpoint behind it.
      if (begun && (next.includes("approve") || hasEnded(values as CodeState))) return values as CodeState;
      await byItself(() => graph.invoke(begun ? null : BEGINNING, configOf(stages)));
      return (await state()) ?? BEGINNING;
    },
    async decide(approvalId, decision, stages) {
      const { next, values } = await byItself(() => graph.getState(thread));
      if (next.includes("approve") && (values as CodeState).approvalId === approvalId) {
        await byItself(() => graph.invoke(new Command({ resume: decision }), configOf(stages)));
      }
      return (await state()) ?? BEGINNING;
    },
  };
}

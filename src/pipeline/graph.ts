import { Annotation, END, START, StateGraph } from "@langchain/langgraph";

/** The way of a question, one function per node. What they work on stays with them: the graph's state holds only where to go. */
export interface Stages {
  /** Asks the grammar, which needs no model. */
  classify(): Promise<"planned" | "unplanned">;
  /** Asks the model. */
  plan(): Promise<"intent" | "plan">;
  /** Finds the tool for an intent. */
  manage(): Promise<void>;
  validate(): Promise<"run" | "stop">;
  /** `wait`: a person must decide first. */
  execute(): Promise<"answer" | "wait">;
  answer(): Promise<void>;
}

const State = Annotation.Root({ next: Annotation<string>() });
const CONFIGURABLE = "stages";

function stagesOf(config: { configurable?: Record<string, unknown> }): Stages {
  return config.configurable?.[CONFIGURABLE] as Stages;
}

function compileGraph() {
  return new StateGraph(State)
    .addNode("classify", async (_state, config) => ({ next: await stagesOf(config).classify() }))
    .addNode("plan", async (_state, config) => ({ next: await stagesOf(config).plan() }))
    .addNode("manage", async (_state, config) => ({ next: String(await stagesOf(config).manage()) }))
    .addNode("validate", async (_state, config) => ({ next: await stagesOf(config).validate() }))
    .addNode("execute", async (_state, config) => ({ next: await stagesOf(config).execute() }))
    .addNode("answer", async (_state, config) => ({ next: String(await stagesOf(config).answer()) }))
    .addEdge(START, "classify")
    .addConditionalEdges("classify", ({ next }) => next, { planned: "validate", unplanned: "plan" })
    .addConditionalEdges("plan", ({ next }) => next, { intent: "manage", plan: "validate" })
    .addEdge("manage", "validate")
    .addConditionalEdges("validate", ({ next }) => next, { run: "execute", stop: END })
    .addConditionalEdges("execute", ({ next }) => next, { answer: "answer", wait: END })
    .addEdge("answer", END)
    .compile();
}

/** Compiles the graph once, for any number of runs. What it returns walks the stages in order and rejects with what a stage threw. */
export function createGraph(): (stages: Stages) => Promise<void> {
  const graph = compileGraph();
  return async (stages) => {
    await graph.invoke({ next: "" }, { configurable: { [CONFIGURABLE]: stages } });
  };
}

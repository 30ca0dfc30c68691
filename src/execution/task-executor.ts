import type { ExecutableStep, ExecuteOptions, StepOutcome } from "../contracts/index.ts";
import { PlanError } from "../errors/index.ts";

/** A step on its way: how many dependencies it still waits for, and who waits for it. */
interface Node {
  readonly step: ExecutableStep;
  readonly index: number;
  waitingFor: number;
  /** Wait for it to end. */
  readonly afterEnd: Node[];
  /** Wait for it to announce output. */
  readonly afterStart: Node[];
  state: "waiting" | "running" | "settled";
  started: boolean;
}

/**
 * Runs a graph of steps, each as soon as its own dependencies allow: there are no levels. O(steps + dependencies).
 * Behaves as {@link Executor.execute} of the contract says.
 */
export async function executeSteps(steps: readonly ExecutableStep[], options: ExecuteOptions): Promise<ReadonlyMap<string, StepOutcome>> {
  const nodes = linkNodes(steps);
  options.signal.throwIfAborted();
  const outcomes = await settleAll(nodes, options);
  return new Map(steps.map(({ id }) => [id, outcomes.get(id) as StepOutcome]));
}

function settleAll(nodes: readonly Node[], options: ExecuteOptions): Promise<Map<string, StepOutcome>> {
  const { signal } = options;
  const concurrency = Math.max(1, options.concurrency);
  const outcomes = new Map<string, StepOutcome>();
  const ready: Node[] = nodes.filter((node) => node.waitingFor === 0);
  let next = 0;
  let running = 0;

  return new Promise((resolve, reject) => {
    /** Set by a callback that threw: a defect of the caller, told once the running steps have let go. */
    let broken: { readonly error: unknown } | undefined;

    function guarded(action: () => void) {
      try {
        action();
      } catch (error) {
        broken ??= { error };
      }
    }

    function settle(node: Node, outcome: StepOutcome) {
      node.state = "settled";
      outcomes.set(node.step.id, outcome);
      guarded(() => options.onSettle?.(node.step.id, outcome));
    }

    function release(dependents: readonly Node[]) {
      for (const dependent of dependents) {
        dependent.waitingFor--;
        if (dependent.waitingFor === 0 && dependent.state === "waiting") ready.push(dependent);
      }
    }

    function start(node: Node) {
      if (node.started) return;
      node.started = true;
      release(node.afterStart);
    }

    function skipDependents(failed: Node) {
      const reached = [failed];
      for (let node = reached.pop(); node !== undefined; node = reached.pop()) {
        for (const dependent of [...node.afterEnd, ...node.afterStart]) {
          // Dependents that already run read what was there, and see the failure themselves.
          if (dependent.state !== "waiting") continue;
          settle(dependent, { status: "skipped", because: failed.step.id });
          reached.push(dependent);
        }
      }
    }

    function run(node: Node) {
      node.state = "running";
      running++;
      guarded(() => options.onStart?.(node.step.id));
      const announce = () => {
        if (node.state !== "running") return;
        start(node);
        pump();
      };
      let ending: Promise<void>;
      try {
        ending = node.step.run(signal, announce);
      } catch (error) {
        ending = Promise.reject(error);
      }
      ending.then(
        () => {
          running--;
          settle(node, { status: "done" });
          start(node);
          release(node.afterEnd);
          pump();
        },
        (error: unknown) => {
          running--;
          settle(node, { status: "failed", error });
          skipDependents(node);
          pump();
        },
      );
    }

    function pump() {
      while (running < concurrency && next < ready.length && !signal.aborted && broken === undefined) {
        const node = ready[next++];
        if (node?.state === "waiting") run(node);
      }
      if (running > 0) return;
      signal.removeEventListener("abort", pump);
      if (signal.aborted) reject(signal.reason);
      else if (broken !== undefined) reject(broken.error);
      else resolve(outcomes);
    }

    // Nothing may be running when the abort comes only if everything has settled; then this changes nothing.
    signal.addEventListener("abort", pump);
    pump();
  });
}

function newNode(step: ExecutableStep, index: number): Node {
  return { step, index, waitingFor: 0, afterEnd: [], afterStart: [], state: "waiting", started: false };
}

function linkNodes(steps: readonly ExecutableStep[]): Node[] {
  const byId = new Map<string, Node>();
  const duplicates = new Set<string>();
  for (const step of steps) {
    if (byId.has(step.id)) duplicates.add(step.id);
    byId.set(step.id, newNode(step, byId.size));
  }
  if (duplicates.size > 0) throw invalid("several steps have the id", "多个步骤使用了同一编号", [...duplicates]);

  const unknown = new Set<string>();
  for (const node of byId.values()) {
    // A dependency that is named twice is waited for twice, which is the same.
    for (const id of node.step.after) if (!link(byId.get(id), node, "afterEnd")) unknown.add(id);
    for (const id of node.step.during) if (!link(byId.get(id), node, "afterStart")) unknown.add(id);
  }
  if (unknown.size > 0) throw invalid("steps depend on what is no step", "步骤依赖了不存在的步骤", [...unknown]);

  const nodes = [...byId.values()];
  const cyclic = findCyclic(nodes);
  if (cyclic.length > 0) throw invalid("steps wait for each other in a circle", "步骤之间循环等待", cyclic);
  return nodes;
}

/** False where there is no such dependency. */
function link(dependency: Node | undefined, dependent: Node, list: "afterEnd" | "afterStart"): boolean {
  if (dependency === undefined) return false;
  dependency[list].push(dependent);
  dependent.waitingFor++;
  return true;
}

/** Ids of the nodes that no order reaches: those in a cycle and those behind one. */
function findCyclic(nodes: readonly Node[]): string[] {
  const left = new Uint32Array(nodes.map((node) => node.waitingFor));
  const reached = nodes.filter((node) => node.waitingFor === 0);
  for (const node of reached) {
    for (const dependents of [node.afterEnd, node.afterStart]) {
      for (const dependent of dependents) {
        const count = (left[dependent.index] ?? 0) - 1;
        left[dependent.index] = count;
        if (count === 0) reached.push(dependent);
      }
    }
  }
  return reached.length === nodes.length ? [] : nodes.filter((node) => (left[node.index] ?? 0) > 0).map((node) => node.step.id);
}

const MAX_NAMED_IDS = 10;

function invalid(en: string, zh: string, ids: readonly string[]): PlanError {
  const named = ids.slice(0, MAX_NAMED_IDS);
  const more = ids.length - named.length;
  return new PlanError({
    code: "PLAN_INVALID",
    message: {
      en: `The plan cannot run: ${en}: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}.`,
      zh: `计划无法执行：${zh}：${named.join("、")}${more > 0 ? ` 等 ${ids.length} 个` : ""}。`,
    },
    hint: {
      en: "Give each step its own id, and let it use only steps that come before it.",
      zh: "请为每个步骤使用不同的编号，并且只引用在它之前的步骤。",
    },
    details: { ids: named.join(",") },
  });
}

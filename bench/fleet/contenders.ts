import type { Contender } from "./contender.ts";

export interface ContenderEntry {
  readonly title: string;
  /** Prepares what a warm process has: clients, credentials, compiled graphs. */
  open(emulatorUrl: string): Promise<Contender>;
}

/** Loaded one at a time, so that none pays for another's packages. */
export const CONTENDERS = {
  grammar: { title: "nephoscope, grammar", open: async (url) => (await import("./nephoscope.ts")).openNephoscope(url, "grammar") },
  planner: { title: "nephoscope, model", open: async (url) => (await import("./nephoscope.ts")).openNephoscope(url, "model") },
  loop: { title: "hand-written SDK loop", open: async (url) => (await import("./sdk-loop.ts")).openSdkLoop(url) },
  batch: { title: "createAgent, batch tool", open: async (url) => (await import("./langchain.ts")).openLangChain(url, "batch") },
  single: { title: "createAgent, one-instance tool", open: async (url) => (await import("./langchain.ts")).openLangChain(url, "single") },
} as const satisfies Record<string, ContenderEntry>;

export type ContenderName = keyof typeof CONTENDERS;

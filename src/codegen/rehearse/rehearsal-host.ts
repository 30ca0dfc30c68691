import type { Program, SandboxCall, SandboxHost } from "../../contracts/index.ts";
import { CodeError, ProviderError } from "../../errors/index.ts";
import { mismatches } from "../fit-shape.ts";
import { asSeenByProgram } from "../program-parameters.ts";
import type { Literals } from "./literals.ts";
import { type SampleStyle, sampleReply } from "./sample-reply.ts";
import type { Scenario } from "./scenarios.ts";

export interface WrongCall {
  readonly message: string;
  /** Of the call in the code, from 1. */
  readonly line: number;
}

/** Answers calls with samples, and notes those that the real broker would refuse. */
export class RehearsalHost implements SandboxHost {
  readonly wrongCalls: WrongCall[] = [];
  readonly #program: Program;
  readonly #scenario: Scenario;
  readonly #literals: Literals;
  readonly #nowMs: number;
  #calls = 0;
  #gavePages = false;

  constructor(program: Program, scenario: Scenario, literals: Literals, nowMs: number) {
    this.#program = program;
    this.#scenario = scenario;
    this.#literals = literals;
    this.#nowMs = nowMs;
  }

  async call(call: SandboxCall): Promise<unknown> {
    const ordinal = ++this.#calls;
    const id = `${call.provider}.${call.service}.${call.operation}`;
    const described = this.#program.operations.find(({ operation }) => operation.id === id);
    const sites = this.#program.calls.filter((site) => site.operation === id);
    if (described === undefined || sites.length === 0)
      throw this.#refuse(`${id} is not among the operations that the program declares to call.`, 1);
    const operation = asSeenByProgram(described.operation);
    const parameters = call.parameters ?? {};
    const site = sites.find(({ literals, varying }) =>
      Object.keys(parameters).every((name) => Object.hasOwn(literals, name) || varying.includes(name)),
    );
    const line = (site ?? sites[0])?.line ?? 1;
    const [wrong] = mismatches(parameters, operation.input, "parameters");
    if (wrong !== undefined) throw this.#refuse(`${id} was called with parameters that do not fit: ${wrong}.`, line);
    if (site === undefined) throw this.#refuse(`${id} was called with parameters that no call in the code names.`, line);
    if (this.#scenario.throttles(ordinal)) throw throttled(this.#program.provider, id);
    return sampleReply(operation, {
      literals: this.#literals,
      nowMs: this.#nowMs,
      style: this.#style(operation.pagination !== undefined),
      parameters: parameters as Readonly<Record<string, unknown>>,
    });
  }

  /** One long list is enough: a program that calls for each of its items would else call for ever. */
  #style(isPaginated: boolean): SampleStyle {
    const { style } = this.#scenario;
    if (!isPaginated) return { ...style, pagedItems: style.items };
    if (this.#gavePages) return { ...style, pagedItems: style.items };
    this.#gavePages = true;
    return style;
  }

  #refuse(message: string, line: number): CodeError {
    this.wrongCalls.push({ message, line });
    return new CodeError({ code: "CALL_NOT_APPROVED", message });
  }
}

function throttled(providerId: string, id: string): ProviderError {
  return new ProviderError({ code: "PROVIDER_RATE_LIMITED", providerId, message: { en: `${id} was throttled.`, zh: `${id} 被限流。` } });
}

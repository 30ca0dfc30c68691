import type { AccessRules } from "../../../bots/shared/access-rules.ts";
import type { ClickReply, IncomingDecision, Person, Reception } from "../../../bots/shared/incoming.ts";
import type { Emulator } from "../../../src/emulator/index.ts";
import type { Approval, OrchestratorOptions } from "../../../src/index.ts";
import { aws } from "../../../src/providers/aws/index.ts";
import { memory as memorySandbox } from "../../../src/sandboxes/memory/index.ts";
import { codeStep, QUESTION, volumeDescriptions, writer } from "../../guarantees/durability/volume-question.ts";
import { type BotOptions, BotWorld, type RunningBot } from "./bot-world.ts";
import { asks, placeOf } from "./fake-platform.ts";

/** Grace decides, and whoever is on call. */
export const APPROVERS: AccessRules = { rules: [{ everybody: true }], approvers: { users: ["U-grace", "U-linus"], groups: ["S-oncall"] } };

/** Bots whose questions need code, written for an emulated AWS. */
export class ApprovalWorld extends BotWorld {
  readonly #cloud: Pick<Emulator, "env">;
  #clicks = 0;

  constructor(cloud: Pick<Emulator, "env">) {
    super();
    this.#cloud = cloud;
  }

  override start(options: BotOptions = {}): Promise<RunningBot> {
    return super.start({ access: APPROVERS, ...options, orchestrator: { ...this.#drivers(), ...options.orchestrator } });
  }

  /** Asks, up to where the card stands in the thread. */
  async asked({ reception }: Pick<RunningBot, "reception">, thread = "1"): Promise<Approval> {
    await reception.ask(asks(QUESTION, { deliveryId: `ask ${thread}`, place: placeOf(thread) }));
    await this.until(() => this.chat.views(placeOf(thread).threadKey)[0]?.state === "waiting");
    const id = this.chat.views(placeOf(thread).threadKey)[0]?.approvals.at(-1)?.id ?? "";
    const approval = await this.store.getApproval(id);
    if (approval === undefined) throw new Error("no card");
    return approval;
  }

  click(reception: Reception, { id }: Pick<Approval, "id">, person: Person, more: Partial<IncomingDecision> = {}): Promise<ClickReply> {
    const deliveryId = `click ${++this.#clicks}`;
    return reception.decide({ deliveryId, place: placeOf(), person, approvalId: id, decision: "approve", ...more });
  }

  /** The emulator answers in real time; how late it is, is the world's business. */
  protected override async turn(): Promise<void> {
    await new Promise<void>((resolve) => setTimeout(resolve, 4));
  }

  #drivers(): Partial<OrchestratorOptions> {
    const { clock } = this;
    const sleep = (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const timer = setTimeout(resolve, ms).unref();
        signal?.addEventListener(
          "abort",
          () => {
            clearTimeout(timer);
            reject(signal.reason);
          },
          { once: true },
        );
      });
    return {
      providers: [aws({}, { env: this.#cloud.env })],
      model: writer([codeStep("volumes", ["us-east-1"])]),
      descriptions: [volumeDescriptions()],
      sandbox: memorySandbox(),
      runtime: { ...this.runtime, clock: { now: () => clock.now(), sleep } },
    };
  }
}

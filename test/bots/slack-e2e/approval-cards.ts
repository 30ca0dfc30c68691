import type { Emulator } from "nephoscope/emulator";
import { clickables } from "../../../bots/fake-slack/interactions.ts";
import type { Message } from "../../../bots/fake-slack/workspace.ts";

/** `action_id`s of the bot's buttons. */
export const BUTTONS = { approve: "nephoscope_approve", reject: "nephoscope_reject", stop: "nephoscope_stop" } as const;

export interface ApprovalCard {
  readonly ts: string;
  readonly canDecide: boolean;
  /** All that it says. */
  readonly text: string;
}

/** The newest approval card of a thread. */
export function approvalCard(thread: readonly Message[]): ApprovalCard | undefined {
  const message = thread.findLast(({ metadata }) => JSON.stringify(metadata ?? null).includes('"approval:'));
  return message && { ts: message.ts, canDecide: clickables(message).length > 0, text: JSON.stringify(message.blocks) };
}

/** What the code question of the demo must find, by the emulator's own word. */
export async function volumesWithoutSnapshot(emulator: Emulator): Promise<readonly { readonly id: string; readonly sizeGib: number }[]> {
  const nowMs = Date.now();
  const { records } = await emulator.truth(new Date(nowMs - 60_000).toISOString(), new Date(nowMs).toISOString());
  return records
    .filter(({ provider, type, attributes }) => provider === "aws" && type === "disk" && attributes.snapshots === 0)
    .map(({ id, attributes }) => ({ id, sizeGib: Number(attributes.sizeGib ?? attributes.size) }));
}

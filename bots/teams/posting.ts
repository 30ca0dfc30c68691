import type { Clock } from "nephoscope";
import { type PostedPieces, signatureOf } from "./posted-pieces.ts";
import { callTeams, TeamsCallError } from "./teams-call.ts";
import type { Activity, ConversationAddress, TeamsTransport } from "./transport.ts";

export interface Posting {
  readonly transport: TeamsTransport;
  readonly clock: Clock;
  readonly to: ConversationAddress;
}

/** Posts a message, or brings the one that stands there to what it should be. */
export async function put(posting: Posting, pieces: PostedPieces, name: string, message: Activity): Promise<void> {
  const before = pieces.get(name);
  const signature = signatureOf(message);
  if (before.id) {
    if (before.signature === signature) return;
    if (await replaced(posting, before.id, message)) return pieces.keep(name, { id: before.id, signature });
  }
  const id = await post(posting, message);
  await pieces.keep(name, { id, signature });
}

export async function post({ transport, clock, to }: Posting, message: Activity): Promise<string> {
  return callTeams("send", clock, () => transport.send(to, message));
}

/** False: somebody deleted it. */
async function replaced({ transport, clock, to }: Posting, id: string, message: Activity): Promise<boolean> {
  try {
    await callTeams("update", clock, () => transport.update(to, id, message));
    return true;
  } catch (error) {
    if (error instanceof TeamsCallError && error.status === 404) return false;
    throw error;
  }
}

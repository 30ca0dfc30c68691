import type { Card } from "./card.ts";
import { clip, inert } from "./harmless-text.ts";
import { LIMITS } from "./limits.ts";
import type { Activity } from "./transport.ts";

const CARD_TYPE = "application/vnd.microsoft.card.adaptive";
const CONSENT_TYPE = "application/vnd.microsoft.teams.card.file.consent";
const FILE_TYPE = "application/vnd.microsoft.teams.card.file.info";

/** `summary` is what notifications and lists of chats show. */
export function cardMessage(card: Card, summary: string): Activity {
  return { type: "message", summary: clip(inert(summary), LIMITS.summary), attachments: [{ contentType: CARD_TYPE, content: card }] };
}

export function textMessage(text: string): Activity {
  return { type: "message", text: inert(text), textFormat: "plain" };
}

/** Pieces of a stream: https://learn.microsoft.com/microsoftteams/platform/bots/streaming-ux#stream-message-through-rest-api */
export function streamed(streamType: "informative" | "streaming", text: string, sequence: number, streamId: string | null): Activity {
  const entity = { type: "streaminfo", streamType, streamSequence: sequence, ...(streamId === null ? {} : { streamId }) };
  return { type: "typing", text, textFormat: "plain", entities: [entity] };
}

/** What the stream becomes. Teams wants a text that begins with what was streamed; the card stands below it. */
export function streamEnd(message: Activity, text: string, streamId: string): Activity {
  return { ...message, text, textFormat: "plain", entities: [{ type: "streaminfo", streamType: "final", streamId }] };
}

/** Asks whether a file may be put into the person's OneDrive: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4 */
export function consentMessage(file: {
  readonly name: string;
  readonly description: string;
  readonly sizeBytes: number;
  readonly questionId: string;
  readonly language: string;
}): Activity {
  const context = { question: file.questionId, language: file.language };
  const content = { description: file.description, sizeInBytes: file.sizeBytes, acceptContext: context, declineContext: context };
  return { type: "message", attachments: [{ contentType: CONSENT_TYPE, name: file.name, content }] };
}

export function fileMessage(file: {
  readonly name: string;
  readonly contentUrl: string;
  readonly uniqueId: string;
  readonly fileType: string;
}): Activity {
  const { name, contentUrl, uniqueId, fileType } = file;
  return { type: "message", attachments: [{ contentType: FILE_TYPE, name, contentUrl, content: { uniqueId, fileType } }] };
}

/** Answers to `adaptiveCard/action`: https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#response-format */
export function cardReply(card: Card): unknown {
  return { statusCode: 200, type: CARD_TYPE, value: card };
}

/** A sentence that only whoever clicked sees. */
export function sentenceReply(text: string): unknown {
  return { statusCode: 200, type: "application/vnd.microsoft.activity.message", value: inert(text) };
}

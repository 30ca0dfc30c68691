/**
 * The text of a message as its author sees it: the bot's own mention gone, references as their names, entities decoded.
 * Source: https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages
 */
export function plainQuestion(text: string, botUserId: string): string {
  return text
    .replaceAll(/<([^<>]*)>/g, (_, reference: string) => referenceText(reference, botUserId))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replaceAll(/[ \t\u00a0]+/g, " ")
    .trim();
}

function referenceText(reference: string, botUserId: string): string {
  const bar = reference.indexOf("|");
  const target = bar === -1 ? reference : reference.slice(0, bar);
  const label = bar === -1 ? "" : reference.slice(bar + 1);
  switch (target[0]) {
    case "@":
      if (target === `@${botUserId}`) return " ";
      return `@${label || target.slice(1)}`;
    case "#":
      return `#${label || target.slice(1)}`;
    case "!":
      // `<!here>`, `<!subteam^S1|@ops>`, `<!date^…|fallback>`
      return label || `@${target.slice(1).split("^")[0]}`;
    default:
      return label || target;
  }
}

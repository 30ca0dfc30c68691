/** An element: what it holds is either text or elements. */
export interface XmlNode {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlNode[];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Reads a document strictly: mixed content, unknown entities, duplicate roots and tags that do not match are errors. */
export function parseXml(source: string): XmlNode {
  const text = source.replace(/^<\?xml[^?]*\?>\s*/, "");
  let position = 0;
  const element = (): XmlNode => {
    const open = /<([A-Za-z][\w.-]*)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>/y;
    open.lastIndex = position;
    const match = open.exec(text);
    if (match === null) throw new SyntaxError(`No element at ${position}: ${text.slice(position, position + 60)}`);
    const [whole, name = "", , empty] = match;
    position += whole.length;
    if (empty === "/") return { name, text: "", children: [] };
    const children: XmlNode[] = [];
    let content = "";
    while (!text.startsWith("</", position)) {
      if (text[position] === "<") children.push(element());
      else {
        const next = text.indexOf("<", position);
        if (next === -1) throw new SyntaxError(`<${name}> is not closed`);
        content += decoded(text.slice(position, next));
        position = next;
      }
    }
    const close = `</${name}>`;
    if (!text.startsWith(close, position)) throw new SyntaxError(`<${name}> is closed by ${text.slice(position, position + 40)}`);
    position += close.length;
    if (children.length > 0 && content.trim() !== "") throw new SyntaxError(`<${name}> mixes text and elements`);
    return { name, text: children.length > 0 ? "" : content, children };
  };
  const root = element();
  if (text.slice(position).trim() !== "") throw new SyntaxError("There is something after the root element");
  return root;
}

function decoded(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w*));?/g, (entity, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    const found = ENTITIES[name ?? ""];
    if (found === undefined || !entity.endsWith(";")) throw new SyntaxError(`Unknown entity ${entity}`);
    return found;
  });
}

/** A part of an XML document: what the reader was told to keep of it. */
export interface XmlElement {
  readonly name: string;
  /** Text directly in it. */
  text: string;
  readonly children: XmlElement[];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const SLASH = 47;

/**
 * Reads an XML document, keeping only elements of the wanted names and passing over all others unread. Throws for a document that is
 * cut, or whose tags do not match. An unwanted element must not contain itself. Attributes are ignored.
 */
export function parseXml(xml: string, wanted: ReadonlySet<string>): XmlElement {
  const top: XmlElement = { name: "", text: "", children: [] };
  const open: XmlElement[] = [top];
  let current = top;
  let position = 0;
  for (;;) {
    const start = xml.indexOf("<", position);
    if (start === -1) break;
    if (start > position) current.text += decoded(xml.slice(position, start));
    const marker = xml[start + 1];
    if (marker === "/") {
      const end = find(xml, ">", start);
      if (open.length === 1 || xml.slice(start + 2, end).trimEnd() !== current.name) throw malformed(start);
      open.pop();
      current = open.at(-1) ?? top;
      position = end + 1;
    } else if (marker === "?" || marker === "!") {
      position = afterMarkup(xml, start, current);
    } else {
      const end = find(xml, ">", start);
      const empty = xml.charCodeAt(end - 1) === SLASH;
      const name = nameOf(xml.slice(start + 1, empty ? end - 1 : end));
      position = end + 1;
      if (!wanted.has(name)) {
        if (!empty) position = find(xml, `</${name}>`, position) + name.length + 3;
        continue;
      }
      const element: XmlElement = { name, text: "", children: [] };
      current.children.push(element);
      if (empty) continue;
      open.push(element);
      current = element;
    }
  }
  const [root] = top.children;
  if (open.length > 1 || root === undefined) throw malformed(position);
  return root;
}

/** The first child of a name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** The text of the first child of a name. */
export function textOf(element: XmlElement | undefined, name: string): string | undefined {
  return childOf(element, name)?.text;
}

/** Comments and declarations say nothing; a CDATA section is text. Document types are not of any AWS reply. */
function afterMarkup(xml: string, start: number, current: XmlElement): number {
  if (xml.startsWith("<![CDATA[", start)) {
    const end = find(xml, "]]>", start);
    current.text += detached(xml.slice(start + 9, end));
    return end + 3;
  }
  if (xml.startsWith("<!--", start)) return find(xml, "-->", start) + 3;
  if (xml.startsWith("<?", start)) return find(xml, "?>", start) + 2;
  throw malformed(start);
}

function nameOf(tag: string): string {
  const space = tag.search(/\s/);
  return space === -1 ? tag : tag.slice(0, space);
}

function decoded(text: string): string {
  if (!text.includes("&")) return detached(text);
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
  });
}

/** V8 keeps a whole document in memory for as long as a slice of it of 13 characters or more is; a copy does not. */
function detached(slice: string): string {
  return slice.length < 13 ? slice : ` ${slice}`.slice(1);
}

function find(xml: string, text: string, from: number): number {
  const position = xml.indexOf(text, from);
  if (position === -1) throw malformed(from);
  return position;
}

function malformed(position: number): SyntaxError {
  return new SyntaxError(`The XML is cut or its tags do not match at character ${position}.`);
}

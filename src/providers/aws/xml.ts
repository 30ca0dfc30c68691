/** What happens while a document is read. Elements that are not wanted are passed over with all that is in them. */
export interface XmlHandler {
  /** An unwanted element must not contain itself. */
  readonly wanted: ReadonlySet<string>;
  open(name: string): void;
  /** `text` is what stands in it; of elements with others inside it means nothing. */
  close(name: string, text: string): void;
}

export interface XmlScanner {
  /** Reads a further piece of the document. Throws for tags that do not match. */
  write(piece: string): void;
  /** Throws for a document that is not whole. */
  end(): void;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const [SLASH, EXCLAMATION, QUESTION] = [47, 33, 63];

/** Reads XML piece by piece as it arrives, so that no page of a list is ever held as a whole. Attributes are ignored. */
export function createXmlScanner(handler: XmlHandler): XmlScanner {
  const names: string[] = [];
  let text = "";
  /** Whether nothing but text came since the last tag was opened: other text is layout. */
  let leaf = false;
  /** What could not be read yet, because a tag is not there as a whole. */
  let rest = "";
  /** The closing tag of an element that is passed over. */
  let skipTo: string | undefined;
  /** Closing tags by name, for elements that are passed over; names repeat thousands of times. */
  const closingTags = new Map<string, string>();
  let ended = false;

  function closeTag(tag: string): void {
    const name = names.pop();
    if (name === undefined || name !== tag.trimEnd()) throw malformed(tag);
    handler.close(name, leaf ? text : "");
    leaf = false;
    ended = names.length === 0;
  }

  function openTag(tag: string): void {
    const empty = tag.charCodeAt(tag.length - 1) === SLASH;
    const name = nameOf(empty ? tag.slice(0, -1) : tag);
    if (ended) throw malformed(name);
    if (!handler.wanted.has(name)) {
      leaf = false;
      if (!empty) skipTo = closingTag(name);
      return;
    }
    handler.open(name);
    leaf = !empty;
    text = "";
    if (empty) handler.close(name, "");
    else names.push(name);
  }

  function closingTag(name: string): string {
    let tag = closingTags.get(name);
    if (tag === undefined) {
      tag = `</${name}>`;
      closingTags.set(name, tag);
    }
    return tag;
  }

  return {
    write(piece) {
      const xml = rest + piece;
      let position = 0;
      for (;;) {
        if (skipTo !== undefined) {
          const end = xml.indexOf(skipTo, position);
          if (end === -1) {
            rest = xml.slice(Math.max(position, xml.length - skipTo.length));
            return;
          }
          position = end + skipTo.length;
          skipTo = undefined;
        }
        const start = xml.indexOf("<", position);
        const end = start === -1 ? -1 : endOfTag(xml, start);
        if (end === -1) {
          rest = xml.slice(position);
          return;
        }
        const marker = xml.charCodeAt(start + 1);
        if (leaf && start > position && (marker === SLASH || marker === EXCLAMATION)) text += decoded(xml.slice(position, start));
        position = end + 1;
        if (marker === SLASH) closeTag(xml.slice(start + 2, end));
        else if (marker === EXCLAMATION) text += cdataOf(xml.slice(start, end + 1));
        else if (marker !== QUESTION) openTag(xml.slice(start + 1, end));
      }
    },
    end() {
      if (!ended || skipTo !== undefined || rest.trim() !== "") throw malformed(names.at(-1) ?? "the document");
    },
  };
}

/** Position of the `>` that ends the tag, comment or section that begins here; -1 if it is not there yet. */
function endOfTag(xml: string, start: number): number {
  if (xml.charCodeAt(start + 1) !== EXCLAMATION) return xml.indexOf(">", start);
  // Too short to tell a comment from a section.
  if (xml.length < start + 9) return -1;
  const terminator = xml.startsWith("<!--", start) ? "-->" : xml.startsWith("<![CDATA[", start) ? "]]>" : ">";
  const end = xml.indexOf(terminator, start);
  return end === -1 ? -1 : end + terminator.length - 1;
}

function cdataOf(markup: string): string {
  return markup.startsWith("<![CDATA[") ? detached(markup.slice(9, -3)) : "";
}

function nameOf(tag: string): string {
  // Attributes are rare, and a search for a character is much cheaper than one for a pattern.
  const space = tag.includes(" ") || tag.includes("\n") ? tag.search(/\s/) : -1;
  return space === -1 ? tag : tag.slice(0, space);
}

function decoded(text: string): string {
  if (!text.includes("&")) return detached(text);
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
  });
}

/** V8 keeps a whole text in memory for as long as a slice of it of 13 characters or more is; a copy does not. */
function detached(slice: string): string {
  return slice.length < 13 ? slice : ` ${slice}`.slice(1);
}

function malformed(place: string): SyntaxError {
  return new SyntaxError(`The XML is cut, or its tags do not match, at ${place}.`);
}

/** `<name>content</name>`; the content is XML already. */
export function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

/** An element with text in it, escaped. */
export function textElement(name: string, text: string | number | boolean): string {
  return `<${name}>${escapeXml(String(text))}</${name}>`;
}

/** A list as the `query` protocol writes it: `<name><member>…</member></name>`; the items are XML already. */
export function listElement(name: string, items: readonly string[], member = "member"): string {
  return element(name, items.map((item) => element(member, item)).join(""));
}

/** A list as `ec2-query` writes it: `<name><item>…</item></name>`; the items are XML already. */
export function itemsElement(name: string, items: readonly string[]): string {
  return listElement(name, items, "item");
}

/** Tags as `ec2-query` writes them. */
export function tagSetElement(tags: Readonly<Record<string, string>>): string {
  return itemsElement(
    "tagSet",
    Object.entries(tags).map(([key, value]) => textElement("key", key) + textElement("value", value)),
  );
}

/** Members of a plain output shape, lists as `<member>`, maps as `<entry>`, dates in ISO 8601. Absent members are left out. */
export function outputXml(output: Readonly<Record<string, unknown>>): string {
  let xml = "";
  for (const [name, value] of Object.entries(output)) if (value !== undefined) xml += element(name, valueXml(value));
  return xml;
}

function valueXml(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => element("member", valueXml(item))).join("");
  if (value instanceof Map) return [...value].map(([key, one]) => element("entry", outputXml({ key, value: one }))).join("");
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object" && value !== null) return outputXml(value as Readonly<Record<string, unknown>>);
  return escapeXml(String(value));
}

function escapeXml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character) : text;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

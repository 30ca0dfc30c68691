/** A function that a generator wrote, in a module of an `@azure/arm-*` package. */
export interface GeneratedFunction {
  readonly name: string;
  readonly body: string;
}

/** Functions of a module, by name; white space within them is one space. */
export function* functionsIn(text: string): Generator<GeneratedFunction> {
  const head = /^export (?:async )?function ([\w$]+)\(/gm;
  for (let match = head.exec(text); match !== null; match = head.exec(text)) {
    const end = text.indexOf("\n}", head.lastIndex);
    if (match[1] === undefined || end < 0) continue;
    yield { name: match[1], body: text.slice(head.lastIndex, end).replace(/\s+/g, " ") };
  }
}

/** One property of an object that a serializer makes of another. */
export interface Conversion {
  /** Of what is made. */
  readonly to: string;
  /** Of what it is made from. */
  readonly from: string;
  /** The function that converts the value: `metricSettingsArray` of `metricSettingsArrayDeserializer`. */
  readonly by: string | undefined;
}

/** What a `…Serializer` or `…Deserializer` does: `{ id: item["id"], logs: !item["logs"] ? item["logs"] : logsDeserializer(item["logs"]) }`. */
export function conversionsIn(body: string): Conversion[] {
  const start = body.indexOf("return {");
  if (start < 0) return [];
  const conversions: Conversion[] = [];
  for (const part of body.slice(start + "return {".length).split(/, (?=(?:"[^"]+"|[\w$]+): |\.\.\.\()/)) {
    const to = /^ ?(?:"([^"]+)"|([\w$]+)): /.exec(part);
    const from = /item\["([^"]+)"\]/.exec(part)?.[1] ?? (part.includes("(item)") ? "" : undefined);
    const isSpread = part.trimStart().startsWith("...(");
    if (from === undefined || (to === null && !isSpread)) continue;
    const by = /(\w+?)(?:Des|S)erializer(?:_\d+)?\(item/.exec(part)?.[1];
    // What is spread over the whole stands in one property on the wire: `...(propertiesDeserializer(item["properties"]))`.
    conversions.push({ to: to?.[1] ?? to?.[2] ?? "", from, by });
  }
  return conversions;
}

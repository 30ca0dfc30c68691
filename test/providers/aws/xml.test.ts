import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createXmlScanner } from "../../../src/providers/aws/xml.ts";

/** Reads a document in the given pieces; tells what was closed, with its text. */
function read(pieces: readonly string[], wanted: readonly string[]): string[] {
  const closed: string[] = [];
  const scanner = createXmlScanner({ wanted: new Set(wanted), open() {}, close: (name, text) => closed.push(`${name}=${text}`) });
  for (const piece of pieces) scanner.write(piece);
  scanner.end();
  return closed;
}

const DOCUMENT = `<?xml version="1.0"?>
<!-- a > b -->
<list xmlns="urn:x">
  <item><name>a &amp; b &lt;&#20013;&#x6587;&gt;</name><other><name>no</name></other><empty/></item>
  <item><name><![CDATA[<raw> & ]]>tail</name><empty></empty></item>
</list>
`;
const EXPECTED = ["name=a & b <中文>", "empty=", "item=", "name=<raw> & tail", "empty=", "item=", "list="];
const WANTED = ["list", "item", "name", "empty"];

describe("the XML reader", () => {
  test("gives the texts of wanted elements and passes over the others", () => {
    expect(read([DOCUMENT], WANTED)).toEqual(EXPECTED);
  });

  test("gives the same however the document arrives", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(DOCUMENT.length), { maxLength: 12 }), (cuts) => {
        const places = [0, ...cuts.sort((left, right) => left - right), DOCUMENT.length];
        const pieces = places.slice(1).map((place, index) => DOCUMENT.slice(places[index], place));
        expect(read(pieces, WANTED)).toEqual(EXPECTED);
      }),
    );
  });

  test("refuses a document that ends anywhere before its end", () => {
    const whole = DOCUMENT.lastIndexOf("</list>") + "</list>".length;
    fc.assert(
      fc.property(fc.nat(whole - 1), (length) => {
        expect(() => read([DOCUMENT.slice(0, length)], WANTED)).toThrow(SyntaxError);
      }),
    );
  });

  test.each(["<list><item></list></item>", "<list></list><list></list>", "<list></item>", "", "text", "<list/>trailing<"])(
    "refuses %j",
    (xml) => {
      expect(() => read([xml], WANTED)).toThrow(SyntaxError);
    },
  );
});

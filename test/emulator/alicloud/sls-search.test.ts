import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { searchTest } from "../../../src/emulator/alicloud/sls-search.ts";
import { parseSearch } from "../../../src/emulator/alicloud/sls-search-parser.ts";

const LOG = {
  __source__: "172.16.0.1",
  __topic__: "",
  __time__: "1773133200",
  level: "ERROR",
  service: "checkout",
  message: "upstream timed out after 3000 ms; 支付网关返回错误",
  path: "/cart/items",
  status: "504",
  latencyMs: "349",
  requestId: "2efebb4e-89c5",
};

function matches(query: string, fields: Readonly<Record<string, string>> = LOG): boolean {
  return searchTest(parseSearch(query))({ timestampMs: 0, fields });
}

describe("a search statement", () => {
  it.each([
    // Everything.
    ["", true],
    ["*", true],
    // Full text: words, not parts of words; upper and lower case are the same; delimiters cut.
    ["timed", true],
    ["TIMED", true],
    ["time", false],
    ["cart", true],
    ["/cart/items", true],
    ["timed upstream", true],
    ["timed and nowhere", false],
    ["timed or nowhere", true],
    ["timed not nowhere", true],
    ["timed not out", false],
    ["not timed", false],
    ["(nowhere or timed) and ERROR", true],
    ["nowhere or timed and nothing", false],
    // Double quotes do not make a phrase: their words may stand anywhere.
    ['"out timed"', true],
    ['#"timed out"', true],
    ['#"out timed"', false],
    ['"and"', false],
    // Chinese is cut into characters.
    ["支付网关", true],
    ["网关支付", true],
    ['#"支付网关"', true],
    ['#"网关支付"', false],
    ["退款", false],
    // Numbers are no part of full text unless they stand in a text.
    ["3000", true],
    ["504", false],
    // By field.
    ["level:ERROR", true],
    ["level: error", true],
    ["level:INFO", false],
    ['"level":ERROR', true],
    ["message:timed", true],
    ["path:timed", false],
    ['message:#"timed out"', true],
    ["message:*", true],
    ['message:""', false],
    ["not level:INFO", true],
    // Wildcards.
    ["up*", true],
    ["upstr??m", true],
    ["upstr?m", false],
    ["message:tim*", true],
    // Numbers.
    ["status:504", true],
    ["status=504", true],
    ["status>=500", true],
    ["status > 504", false],
    ["status < 600", true],
    ["status in [500 504]", true],
    ["status in [500 504)", false],
    ["status in (504 600]", false],
    ["level:ERROR and (status>=500 or latencyMs>1000)", true],
    ["requestId:2efebb4e-89c5", true],
  ])("%s", (query, expected) => {
    expect(matches(query)).toBe(expected);
  });

  it.each([
    "level:",
    "(timed",
    "timed)",
    "or timed",
    "*ed",
    "?imed",
    "message:*ed",
    "status:many",
    "level>=3",
    "nofield:x",
    "status in [1 2",
    'message:"open',
  ])("%s is refused", (query) => {
    expect(() => matches(query)).toThrow(expect.objectContaining({ name: "SlsError", code: "ParameterInvalid", status: 400 }));
  });

  it("of more than thirty conditions is refused", () => {
    expect(() => parseSearch(Array.from({ length: 31 }, () => "a").join(" "))).toThrow("30");
  });

  it("finds every text by itself in quotes", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z支付(){}:=<>/ "\\-]{1,30}$/), (message) => {
        const query = `message:"${message.replace(/["\\]/g, "\\$&")}"`;
        if (/[a-z支付\\-]/.test(message)) expect(matches(query, { ...LOG, message })).toBe(true);
      }),
    );
  });

  it("and its negation share no log and miss none", () => {
    const word = fc.constantFrom("timed", "nowhere", "level:ERROR", "status>=600", '#"out after"', "up*");
    const query = fc.tuple(word, fc.constantFrom("and", "or", "not"), word).map((parts) => parts.join(" "));
    fc.assert(
      fc.property(query, (text) => {
        expect(matches(`not (${text})`)).toBe(!matches(text));
      }),
    );
  });
});

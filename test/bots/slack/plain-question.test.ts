import { expect, test } from "vitest";
import { plainQuestion } from "../../../bots/slack/plain-question.ts";

test.each([
  ["<@UBOT> list servers", "list servers"],
  ["hey <@UBOT|nephoscope>, which <https://web-1.example.com|web-1.example.com> runs?", "hey , which web-1.example.com runs?"],
  ["CPU &gt; 80% &amp;&amp; &lt;prod&gt;", "CPU > 80% && <prod>"],
  ["&amp;lt;", "&lt;"],
  ["ask <@U2|ada> and <@U3> in <#C1|ops> <#C2>", "ask @ada and @U3 in #ops #C2"],
  ["<!here> <!subteam^S1|@oncall> <!date^1700000000^{date}|Nov 14>", "@here @oncall Nov 14"],
  ["<mailto:a@b.com|a@b.com>", "a@b.com"],
  ["<@UBOT>列出 CPU &gt; 80% 的服务器", "列出 CPU > 80% 的服务器"],
])("%s is the question %s", (text, question) => {
  expect(plainQuestion(text, "UBOT")).toBe(question);
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KqlError } from "../../../../src/emulator/azure/kql/kql-error.ts";
import { microsoftAnalysis } from "./microsoft-kusto.ts";
import { ask, SCHEMAS } from "./sample-tables.ts";

const analyse = microsoftAnalysis(SCHEMAS);

const UNDERSTOOD = [
  "T",
  "T | where Level == 3 and not(Ok) or Name =~ 'WEB-1' | count",
  "T | where Name has 'down' and Name !contains_cs 'x' and Name startswith 'w' and Name !endswith_cs '9'",
  "T | where Name matches regex @'^web-\\d$' | project Name",
  "T | where Level in (1, 2) and Name !in~ ('a', \"b\") and Level !in (7)",
  "T | where TimeGenerated between (ago(1h) .. now()) and Level !between (7 .. 9)",
  "T | where TimeGenerated >= datetime(2026-08-24T11:00:00Z) and TimeGenerated < datetime(2026-08-25)",
  "T | where Properties.env == 'prod' and Properties['env'] =~ \"PROD\" and Properties.tags[0] == 'a'",
  "T | where isnotempty(Properties.env) and isnull(Took) // with a comment\n| take 3",
  "T | extend Properties.env, tolower(Name), Properties['nested'].deep, Size / 3, Took * 2, TimeGenerated - 1h",
  "T | extend Level = strcat(Name, '-', Level), Twice = Size * 2",
  "T | extend Name, Name2 = Name | project-away Properties, T*",
  "T | project-keep Name, Took, Size",
  "T | project-rename Duration = Took | project Duration, Name",
  "T | project Span = now() - TimeGenerated, Ratio = (now() - TimeGenerated) / 1ms, Later = TimeGenerated + Took * 1s",
  "T | project iff(Ok, 'yes', 'no'), case(Level > 3, 1, Level > 2, 2, 3), coalesce(Name, 'x'), Level % 2, -Level",
  "T | project tostring(Properties.env), toint(Name), tolong(Took), todouble(Level), toreal(Name), tobool(Name), todatetime(Name)",
  "T | project Name, parse_json('{\"a\":1}').a, array_length(Properties.tags), strlen(Name), split(Name, '-'), substring(Name, 1, 2)",
  "T | project ['Level'], a = ['Name'], bin(TimeGenerated, 5m), bin(Took, 0.5), toupper(Name), round(Took, 1)",
  "T | summarize count()",
  "T | summarize by Name, Level",
  "T | summarize count(), dcount(Name), avg(Took), sum(Size), min(TimeGenerated), max(Took), percentile(Took, 95) by bin(TimeGenerated, 5m)",
  "T | summarize n = count(), Errors = countif(Level >= 3) by Env = tostring(Properties.env)",
  "T | summarize arg_max(TimeGenerated, *) by Name",
  "T | summarize arg_min(Took, Name, Level), take_any(Ok)",
  "T | summarize make_set(Name), make_list(Level, 2), sumif(Size, Ok), avgif(Took, Ok), 100.0 * countif(Ok) / count() by Level, tolower(Name)",
  "T | summarize percentile(Took, 99.9), max(Level) by tostring(Properties.nested.deep), Properties_env = tostring(Properties['env'])",
  "T | order by Level asc, Took desc nulls first | top 2 by TimeGenerated asc | limit 1",
  "T | sort by tostring(Properties.env) | project Name",
  "T | distinct Name, tostring(Properties.env)",
  "U | distinct *",
  "T | join kind=inner (U | where Level < 3) on Name",
  "T | join kind=leftouter U on Name, Level",
  "T | project Name, A = Level | join kind=inner (U | project N = Name, B = Level) on $left.Name == $right.N, $left.A == $right.B",
  "T | join (U) on Name | project Name, Team, Level1",
  "T | join kind=leftanti (U) on Name",
  "T | join kind=leftsemi (U) on Name | count",
  "union T, U",
  "union withsource=Source T, (U | where Level > 1)",
  "T | union (U | project Name), U | summarize count() by Name",
  "union isfuzzy=true T, U | project Name",
  "T | mv-expand Properties.tags | project Properties_tags",
  "T | mv-expand Tag = Properties.tags to typeof(string) | summarize count() by Tag",
  "let Start = ago(1d); let Loud = T | where Level > 2; Loud | where TimeGenerated > Start",
  "print 1, x = 2, 'three', 1.5e3, 2h, true, datetime(2026-01-01), dynamic({'a': [1, 2]}).a[1]",
  "T | where Name == h'secret' or Name == @'c:\\x' or Name == 'it\\'s' or Name == \"\\u0041\\n\"",
];

describe("columns of a result", () => {
  it.each(UNDERSTOOD)("are those that Microsoft's analyser finds: %s", (query) => {
    expect({ errors: [], columns: ask(query).columns }).toEqual(analyse(query));
  });
});

const REFUSED = [
  "T |",
  "T | wher Level == 1",
  "T | where Level ==",
  "T | where (Level == 1",
  "T | project-awa Name",
  "T | top by Level",
  "T | top 3 Level",
  "T | order Level",
  "T | where Name == 'open",
  "T | take",
  "T extend x = 1",
  "T | join (U)",
  "T | where Level in ()",
  "T | extend = 3",
  "T | project a b",
  "V | count",
  "T | where Nothing == 1",
  "T | where name == 'x'",
  "T | project Name | where Level == 1",
  "T | extend A = 1, B = A + 1",
  "T | where nosuchfunction(Name)",
  "T | summarize count() by Properties",
  "T | order by Properties.env",
  "T | distinct Properties",
  "T | join kind=inner (U) on Team",
  "T | summarize avg(Name)",
  "T | where Name",
  "T | project Name + 1",
  "T | project Level.x",
  "T | where Ok contains 'x'",
  "T | summarize countif(Level)",
  "T | project-rename A = Nothing",
  "T | where ago(3) < now()",
];

describe("a query that means nothing", () => {
  it.each(REFUSED)("is refused, as Microsoft's analyser refuses it: %s", (query) => {
    expect(analyse(query).errors).not.toEqual([]);
    expect(() => ask(query)).toThrow(KqlError);
  });

  it("is refused with Kusto's code and the place of the mistake", () => {
    const refusal = (query: string) => {
      try {
        ask(query);
      } catch (error) {
        if (error instanceof KqlError) return { kind: error.kind, code: error.code, place: error.place };
      }
      return undefined;
    };
    expect(refusal("T\n| take 5\n| wher Level == 1")).toEqual({
      kind: "syntax",
      code: "SYN0002",
      place: { line: 3, position: 2, token: "wher" },
    });
    expect(refusal("T | where Nothing == 1")).toEqual({ kind: "semantic", code: "SEM0100", place: undefined });
    expect(refusal("V")).toMatchObject({ code: "SEM0100" });
    // The analyser lets these pass; the engine does not ("Cannot compare values of types").
    expect(refusal("T | where Name == 1")).toMatchObject({ code: "SEM0064" });
    expect(refusal("T | where Level == '3'")).toMatchObject({ code: "SEM0064" });
  });

  it("is refused and nothing worse, whatever it is made of", () => {
    const words = UNDERSTOOD.flatMap((query) => query.split(/(?<=[\s(),.|])|(?=[\s(),.|])/)).filter((word) => word.trim() !== "");
    const outcome = (query: string) => {
      try {
        return ask(query).rows.length >= 0;
      } catch (error) {
        return error instanceof KqlError;
      }
    };
    const soup = fc.array(fc.constantFrom(...new Set(words)), { maxLength: 12 }).map((parts) => parts.join(" "));
    const damaged = fc
      .tuple(fc.constantFrom(...UNDERSTOOD), fc.nat(200), fc.nat(200))
      .map(([query, from, to]) => query.slice(0, from) + query.slice(to));
    fc.assert(
      fc.property(fc.oneof(soup, damaged, fc.string()), (query) => {
        expect(outcome(query)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

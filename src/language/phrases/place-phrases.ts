import type { QuestionError } from "../../errors/index.ts";
import { accountUnknown, providerUnknown, regionUnknown } from "../failures.ts";
import { regionAt } from "../text/facts-dictionary.ts";
import { type Atom, atomOf, freeWord, has, type PhraseContext, sense, skip, skipLight } from "./phrase-context.ts";

/** Regions, accounts, clouds and states. */
export function placeAtom(context: PhraseContext, at: number): Atom | undefined {
  return region(context, at) ?? account(context, at) ?? provider(context, at) ?? state(context, at) ?? pairedPlace(context, at);
}

function failed(end: number, error: QuestionError): Atom {
  return { end, element: { type: "error", error } };
}

function region(context: PhraseContext, at: number): Atom | undefined {
  const worded = has(context, at, "regionWord");
  const start = worded ? skipLight(context, at + 1) : at;
  const found = sense(context, start, "region");
  const end = start + 1;
  if (found !== undefined) return atomOf(skip(context, end, "regionWord"), { on: "region", values: found.ids, negated: false });
  const text = context.tokens[start]?.text ?? "";
  if (has(context, start, "regionLike")) return failed(skip(context, end, "regionWord"), regionUnknown(text, context.facts));
  const free = freeWord(context, start);
  if (free === undefined || has(context, start, "quoted", "accountName")) return undefined;
  const named =
    (worded && context.tokens[at]?.lower === "region") || (!worded && /^(?:region|区域|地域|地区)$/.test(context.tokens[end]?.lower ?? ""));
  return named ? failed(worded ? end : end + 1, regionUnknown(free, context.facts)) : undefined;
}

function account(context: PhraseContext, at: number): Atom | undefined {
  const worded = has(context, at, "accountWord");
  const start = worded ? skipLight(context, at + 1) : at;
  const word = sense(context, worded ? at : start + 1, "accountWord");
  const id = sense(context, start, "account")?.id;
  const ids = ofProvider(context, word?.provider, id === undefined ? sense(context, start, "accountName")?.ids : [id]);
  const bare = has(context, start, "account") || /[-\d]/.test(context.tokens[start]?.text ?? "");
  const after = has(context, start + 1, "accountWord");
  const end = after && !worded ? start + 2 : start + 1;
  if (ids !== undefined) return worded || after || bare ? atomOf(end, { on: "account", values: ids, negated: false }) : undefined;
  const free = freeWord(context, start);
  // "Project" and 项目 are tags as well.
  if (free === undefined || !(worded || after) || has(context, worded ? at : start + 1, "tagKey")) return undefined;
  return failed(end, accountUnknown(free, context.facts));
}

/** "Project payments" means that of Google Cloud, though other clouds may have accounts called payments. */
function ofProvider(
  context: PhraseContext,
  provider: string | undefined,
  ids: readonly string[] | undefined,
): readonly string[] | undefined {
  if (provider === undefined || ids === undefined) return ids;
  const names = context.facts.providers.find(({ id }) => id === provider)?.accountNames ?? {};
  const own = ids.filter((id) => Object.hasOwn(names, id));
  return own.length === 0 ? undefined : own;
}

function provider(context: PhraseContext, at: number): Atom | undefined {
  const found = sense(context, at, "provider");
  const end = skip(context, at + 1, "providerWord");
  if (found !== undefined) return atomOf(end, { on: "provider", values: [found.id], negated: false });
  return has(context, at, "providerUnknown") ? failed(end, providerUnknown(context.tokens[at]?.text ?? "", context.facts)) : undefined;
}

function state(context: PhraseContext, at: number): Atom | undefined {
  if (context.domain !== "resources") return undefined;
  const before = has(context, at, "stateWord");
  const start = before ? skipLight(context, at + 1) : at;
  const found = sense(context, start, "state");
  if (found === undefined) return undefined;
  const end = before ? start + 1 : skip(context, start + 1, "stateWord");
  return atomOf(end, { on: "state", values: found.states, negated: false });
}

/** `region=eu-west-1`, `account=payments`, `state=running`: read by the keys that are no tags. */
function pairedPlace(context: PhraseContext, at: number): Atom | undefined {
  const pair = sense(context, at, "pair");
  if (pair === undefined || !pair.key.startsWith(":")) return undefined;
  const value = pair.value.toLowerCase();
  const end = at + 1;
  switch (pair.key) {
    case ":region": {
      const { facts } = context;
      const named = facts.providers.flatMap(({ id: provider, regions }) =>
        regions.flatMap(({ id, places }) => {
          const place = places.find((each) => each.toLowerCase() === value);
          return id === value ? [id] : place === undefined ? [] : [regionAt(place, provider, id, facts)];
        }),
      );
      const ids = [...new Set(named)];
      return ids.length === 0
        ? failed(end, regionUnknown(pair.value, context.facts))
        : atomOf(end, { on: "region", values: ids, negated: pair.negated });
    }
    case ":account": {
      const names = context.facts.providers.flatMap((each) => Object.entries(each.accountNames));
      const called = names.filter(([id, name]) => id === value || name.toLowerCase() === value).map(([id]) => id);
      const ids = called.length === 0 && /^\d{12}$/.test(value) ? [value] : called;
      return ids.length === 0
        ? failed(end, accountUnknown(pair.value, context.facts))
        : atomOf(end, { on: "account", values: ids, negated: pair.negated });
    }
    case ":provider": {
      const id = context.facts.providers.find((each) =>
        [each.id, each.name.en.toLowerCase(), each.name.zh, ...each.aliases].includes(value),
      )?.id;
      return id === undefined
        ? failed(end, providerUnknown(pair.value, context.facts))
        : atomOf(end, { on: "provider", values: [id], negated: pair.negated });
    }
    case ":state": {
      const known = ["running", "stopped", "starting", "stopping", "terminated", "available", "failed", "unknown"].includes(value);
      return known ? atomOf(end, { on: "state", values: [value], negated: pair.negated }) : undefined;
    }
    case ":type":
      return atomOf(end, { on: "type", values: [pair.value], negated: pair.negated });
    case ":id":
      return atomOf(end, { on: "id", values: [pair.value], negated: pair.negated });
    case ":name":
      return atomOf(end, { on: "name", operator: "is", values: [pair.value], negated: pair.negated });
    default:
      return undefined;
  }
}

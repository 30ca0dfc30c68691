import { dictionaryOf } from "../text/dictionary.ts";
import { CONDITIONS } from "./conditions.ts";
import { CONVERSATION } from "./conversation.ts";
import { METRIC_WORDS } from "./metrics.ts";
import { ORDERS } from "./orders.ts";
import { REFUSALS } from "./refusals.ts";
import { SCOPES } from "./scopes.ts";
import { SIGNALS } from "./signals.ts";
import { SUBJECTS } from "./subjects.ts";
import { TIMES } from "./times.ts";

/** All word lists in one dictionary. */
export const WORDS = dictionaryOf([SUBJECTS, METRIC_WORDS, ORDERS, CONDITIONS, SCOPES, SIGNALS, TIMES, CONVERSATION, REFUSALS]);

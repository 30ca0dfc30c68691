export { detectLanguage } from "./detect-language.ts";
export { planByGrammar } from "./plan-by-grammar.ts";

export { type LexicalOptions, lexical } from "./lexical.ts";

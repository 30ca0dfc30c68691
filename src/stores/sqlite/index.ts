export { type SqliteOptions, sqlite } from "./sqlite.ts";
export { defaultStorePath } from "./store-path.ts";

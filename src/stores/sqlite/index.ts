export { type SqliteOptions, sqlite } from "./sqlite-store.ts";
export { defaultStorePath } from "./store-path.ts";

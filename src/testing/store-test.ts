import type { Store } from "../contracts/index.ts";

/** Registers one test, which gets a store of its own. */
export type StoreTest = (title: string, body: (store: Store) => Promise<void>) => void;

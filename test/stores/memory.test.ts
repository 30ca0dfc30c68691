import { memory } from "../../src/stores/memory/index.ts";
import { storeContract } from "./store-contract.ts";

storeContract({ name: "the memory store", createStore: async () => memory() });

export { type ExtismOptions, extism } from "./extism.ts";

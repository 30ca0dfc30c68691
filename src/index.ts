export { OrchestratorError } from "./errors/index.ts";

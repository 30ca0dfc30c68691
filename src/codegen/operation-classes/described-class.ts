import type { OperationClass, OperationDescription } from "../../contracts/index.ts";
import { isSpokenAsNamed } from "../operation-wire.ts";
import { classOf } from "./index.ts";

/** The class of an operation as it is described: what is a read by its name and speaks otherwise is not known, and so a write. */
export function describedClassOf(operation: OperationDescription): OperationClass {
  const named = classOf(operation);
  return named === "read" && !isSpokenAsNamed(operation) ? "write" : named;
}

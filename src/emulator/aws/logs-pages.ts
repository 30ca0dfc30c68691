import { pagePosition } from "../page-token.ts";
import { AwsError } from "./aws-error.ts";
import type { AwsRequest } from "./service.ts";

/** Tokens go with the members they were made for, and with the place. */
export function bindingOf({ account, region, operation, input }: AwsRequest, members: readonly string[]): unknown {
  return [account, region, operation, members.map((member) => input[member] ?? null)];
}

/** @throws AwsError for a token that is not of this binding. */
export function positionOf({ input }: AwsRequest, binding: unknown): number {
  const position = pagePosition(typeof input.nextToken === "string" ? input.nextToken : undefined, binding);
  if (position === undefined) throw invalidNextToken();
  return position;
}

export function invalidNextToken(): AwsError {
  return new AwsError("InvalidParameterException", "The specified nextToken is invalid.");
}

import { AwsError } from "./aws-error.ts";
import type { AwsRequest } from "./service.ts";

/** An optional integer member within its bounds. Throws `InvalidParameterException` in the words of the vendor's validator. */
export function boundedInteger({ input }: AwsRequest, member: string, least: number, most: number): number | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value)) throw violation(member, value, "Member must be an integer");
  if (value < least) throw violation(member, value, `Member must have value greater than or equal to ${least}`);
  if (value > most) throw violation(member, value, `Member must have value less than or equal to ${most}`);
  return value;
}

/** A member that has to be there. */
export function requiredString({ input }: AwsRequest, member: string): string {
  const value = input[member];
  if (typeof value !== "string") throw missing(member);
  if (value === "") throw violation(member, value, "Member must have length greater than or equal to 1");
  return value;
}

/** A time that has to be there, as a whole number of the member's unit. */
export function requiredTime({ input }: AwsRequest, member: string): number {
  const value = input[member];
  if (typeof value !== "number") throw missing(member);
  if (!Number.isInteger(value) || value < 0) throw violation(member, value, "Member must have value greater than or equal to 0");
  return value;
}

function missing(member: string): AwsError {
  return new AwsError(
    "InvalidParameterException",
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

function violation(member: string, value: unknown, constraint: string): AwsError {
  return new AwsError(
    "InvalidParameterException",
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

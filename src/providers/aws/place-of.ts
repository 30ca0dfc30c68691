import type { OperationRequest } from "../../contracts/index.ts";

/** Operations of the whole account are asked in its home region. */
export function placeOf({ scope: { account, region } }: OperationRequest): { readonly account: string; readonly region?: string } {
  return region === "*" ? { account } : { account, region };
}

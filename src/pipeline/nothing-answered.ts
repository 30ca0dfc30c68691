import type { Receipt, Table } from "../contracts/index.ts";
import { ERROR_CODES, ProviderError } from "../errors/index.ts";

type ProviderCode = (typeof ERROR_CODES)["ProviderError"][number];

/** When every scope failed to be listed there is no answer, not even a partial one: the error that says why, with the receipt beside it. */
export function nothingAnswered(receipt: Receipt, table: Table): ProviderError | undefined {
  const [first] = receipt.scopes;
  if (first === undefined || table.rows.length > 0 || receipt.scopes.some((scope) => scope.listing !== "failed")) return undefined;
  const reasons = [...new Set(receipt.scopes.flatMap((scope) => scope.reasons.map((reason) => reason.message)))].join(" ");
  const code = first.reasons.map((reason) => reason.code).find(isProviderCode) ?? "PROVIDER_FAILED";
  return new ProviderError({
    code,
    providerId: first.provider,
    message: { en: `No cloud answered. ${reasons}`, zh: `没有任何云返回结果。${reasons}` },
    hint: { en: "Check credentials and permissions: nephoscope doctor", zh: "请检查凭证和权限：nephoscope doctor" },
  });
}

function isProviderCode(code: string): code is ProviderCode {
  return (ERROR_CODES.ProviderError as readonly string[]).includes(code);
}

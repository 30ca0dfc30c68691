import type { OperationRequest } from "../../contracts/index.ts";
import { ProviderError } from "../../errors/index.ts";

/** Sends a request. Throws `PROVIDER_PAGE_LOST` where the cloud refuses the page that its own reply before led to. */
export async function orPageLost<Reply>(
  request: OperationRequest,
  refusesToken: (error: unknown) => boolean,
  send: () => Promise<Reply>,
): Promise<Reply> {
  try {
    return await send();
  } catch (error) {
    if (!isLaterPage(request) || !refusesToken(error)) throw error;
    const { id, provider } = request.operation;
    throw new ProviderError({
      code: "PROVIDER_PAGE_LOST",
      providerId: provider,
      message: {
        en: `${id}: the next page was refused, so the rest of the list is missing.`,
        zh: `${id}：下一页被拒绝，列表的其余部分缺失。`,
      },
      hint: { en: "Ask again; if it stays so, narrow the question.", zh: "请重新提问；若仍如此，请缩小范围。" },
      cause: error,
    });
  }
}

function isLaterPage({ operation: { pagination }, input, link }: OperationRequest): boolean {
  if (pagination?.by === "number") return Number(input[pagination.page]) > (pagination.counts === "items" ? 0 : 1);
  return link !== undefined || (pagination?.by === "token" && input[pagination.inputToken] !== undefined);
}

import type { Route } from "../shared/chat-platform.ts";
import type { KeptAnswers } from "./kept-answers.ts";

const CHARTS_PATH = "/teams/charts";

export function chartUrlOf(publicUrl: string): (id: string) => string {
  return (id) => `${publicUrl.replace(/\/+$/, "")}${CHARTS_PATH}?id=${id}`;
}

/** Charts for those who know their id: Teams fetches images of cards without telling for whom. */
export function chartRoute(kept: KeptAnswers): Route {
  return {
    method: "GET",
    path: CHARTS_PATH,
    async handle(request, response) {
      const id = new URL(request.url ?? "", "http://localhost").searchParams.get("id") ?? "";
      const png = await kept.chart(id);
      if (png === undefined) return void response.writeHead(404).end();
      response
        .writeHead(200, { "content-type": "image/png", "cache-control": "private, max-age=86400", "x-content-type-options": "nosniff" })
        .end(png);
    },
  };
}

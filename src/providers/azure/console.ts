import type { Resource } from "../../contracts/index.ts";
import type { Cloud } from "./clouds.ts";

/** The page of the Azure portal that shows a resource; ids are paths there too. */
export function consoleUrl(cloud: Cloud): (resource: Resource) => string {
  return ({ id }) => `${cloud.portal}/#resource${id.split("/").map(encodeURIComponent).join("/")}/overview`;
}

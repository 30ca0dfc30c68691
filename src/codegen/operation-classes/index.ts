import type { OperationClass, OperationDescription } from "../../contracts/index.ts";
import { ALICLOUD_CLASSES } from "./alicloud.ts";
import { AWS_CLASSES } from "./aws.ts";
import { AZURE_CLASSES } from "./azure.ts";
import { GCP_CLASSES } from "./gcp.ts";
import type { ServiceClasses } from "./service-classes.ts";
import { VOLCENGINE_CLASSES } from "./volcengine.ts";

const CLOUDS: Readonly<Record<string, Readonly<Record<string, ServiceClasses>>>> = {
  alicloud: ALICLOUD_CLASSES,
  aws: AWS_CLASSES,
  azure: AZURE_CLASSES,
  gcp: GCP_CLASSES,
  volcengine: VOLCENGINE_CLASSES,
};

// None of the three parts has a space in it, so no other three can be taken for them.
const REVIEWED: ReadonlyMap<string, "read" | "sensitive"> = new Map(
  Object.entries(CLOUDS).flatMap(([provider, services]) =>
    Object.entries(services).flatMap(([service, { read = "", scan = "", sensitive = "" }]) => {
      const listed = (names: string, operationClass: "read" | "sensitive") =>
        (names.match(/\S+/g) ?? []).map((name) => [`${provider} ${service} ${name}`, operationClass] as const);
      // Sensitive last: a name in two lists is what is stricter.
      return [...listed(read, "read"), ...listed(scan, "read"), ...listed(sensitive, "sensitive")];
    }),
  ),
);

/**
 * The class of an operation. What was reviewed decides, and what was not is a write; what a description says can only turn a read into
 * something stricter.
 */
export function classOf({
  provider,
  service,
  name,
  statedClass,
}: Pick<OperationDescription, "provider" | "service" | "name" | "statedClass">): OperationClass {
  const reviewed = REVIEWED.get(`${provider} ${service} ${name}`) ?? "write";
  return reviewed === "read" ? (statedClass ?? "read") : reviewed;
}

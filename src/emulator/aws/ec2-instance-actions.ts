import { createHash } from "node:crypto";
import type { AwsChanges } from "./aws-changes.ts";
import { AwsError } from "./aws-error.ts";
import { type Ec2Instance, type Ec2Instances, instancesById, stateCodeOf } from "./ec2-instances.ts";
import { refuseDryRun, stringsOf } from "./ec2-request.ts";
import { isWindows, launchMsOf } from "./native-names.ts";
import type { AwsOperation, AwsRequest } from "./service.ts";
import { element, itemsElement, textElement } from "./xml.ts";

/** What is done with single instances. */
export function instanceActions(instances: Ec2Instances, changes: AwsChanges): Readonly<Record<string, AwsOperation>> {
  const all = ({ account, region }: AwsRequest) => instances.of(account, region);
  return {
    GetPasswordData: (request) => getPasswordData(all(request), request),
    StopInstances: (request) => stopInstances(all(request), request, changes),
  };
}

function getPasswordData(all: readonly Ec2Instance[], request: AwsRequest): string {
  const { InstanceId: id } = request.input;
  if (typeof id !== "string") throw missingParameter("InstanceId");
  const [instance] = instancesById(all, [id]);
  refuseDryRun(request);
  if (instance === undefined) return "";
  const { resource } = instance;
  // An instance that is no Windows has no password: an empty string (API reference, GetPasswordData).
  const password = isWindows(resource) ? createHash("sha512").update(`emulated password of ${id}`).digest("base64") : "";
  return [
    textElement("instanceId", id),
    textElement("timestamp", new Date(launchMsOf(resource) + 240_000).toISOString()),
    textElement("passwordData", password),
  ].join("");
}

function stopInstances(all: readonly Ec2Instance[], request: AwsRequest, { stoppedInstances }: AwsChanges): string {
  const ids = stringsOf(request.input.InstanceId);
  if (ids.length === 0) throw missingParameter("InstanceId");
  const chosen = instancesById(all, ids);
  const gone = chosen.find((instance) => instance.stateName === "terminated");
  if (gone !== undefined)
    throw new AwsError("IncorrectInstanceState", `This instance '${gone.resource.id}' is not in a state from which it can be stopped.`);
  refuseDryRun(request);
  for (const { resource } of chosen) stoppedInstances.add(resource.id);
  return itemsElement(
    "instancesSet",
    chosen.map(({ resource, stateName }) =>
      [
        textElement("instanceId", resource.id),
        // It is stopping now, and has stopped by the time of the next question.
        stateXml("currentState", stateName === "stopped" ? "stopped" : "stopping"),
        stateXml("previousState", stateName),
      ].join(""),
    ),
  );
}

function stateXml(name: string, stateName: string): string {
  return element(name, textElement("code", stateCodeOf(stateName)) + textElement("name", stateName));
}

function missingParameter(name: string): AwsError {
  return new AwsError("MissingParameter", `The request must contain the parameter ${name}`);
}

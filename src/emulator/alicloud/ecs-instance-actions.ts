import { createHash } from "node:crypto";
import type { AlicloudChanges } from "./alicloud-changes.ts";
import { requireRegion } from "./ecs-input.ts";
import type { EcsInstance, EcsInstances } from "./ecs-instances.ts";
import { RpcError } from "./rpc-error.ts";
import type { RpcOperation, RpcRequest } from "./rpc-service.ts";

const MOST_IDS = 100;
const MODES = ["AllTogether", "SuccessFirst"];

/** DescribeInstanceVncUrl and StopInstances. */
export function instanceActions(
  instances: EcsInstances,
  changes: AlicloudChanges,
): Readonly<Record<"DescribeInstanceVncUrl" | "StopInstances", RpcOperation>> {
  return {
    DescribeInstanceVncUrl: (request) => describeVncUrl(instances, request),
    StopInstances: (request) => stopInstances(instances, changes, request),
  };
}

/** Who has the address sits at the machine's screen. It is good for fifteen seconds (DescribeInstanceVncUrl reference, `VncUrl`). */
function describeVncUrl(instances: EcsInstances, request: RpcRequest): Record<string, unknown> {
  const { input, account, region, requestId } = request;
  requireRegion(request);
  const instance = instances.find(account, region, input.InstanceId ?? "");
  if (instance === undefined) throw new RpcError(404, "InvalidInstanceId.NotFound", NO_INSTANCE);
  if (instance.status !== "Running")
    throw new RpcError(403, "IncorrectInstanceStatus", "The current status of the resource does not support this operation.");
  const session = createHash("sha256").update(`${instance.resource.id} ${requestId}`).digest("base64");
  const url = `wss://${region}-vncproxy.aliyun.com/websockify/?s=${encodeURIComponent(session)}`;
  return { VncUrl: encodeURIComponent(url) };
}

/**
 * StopInstances: all of them or none, unless `SuccessFirst` asks for each by itself. A machine that stops says so once; whoever asks
 * afterwards finds it stopped.
 */
function stopInstances(instances: EcsInstances, changes: AlicloudChanges, request: RpcRequest): Record<string, unknown> {
  const { input, account, region } = request;
  if (input.DryRun === "true") {
    requireRegion({ ...request, input: { ...input, DryRun: "false" } });
    throw new RpcError(400, "DRYRUN.SUCCESS", "This request is a dryrun request with successful result.");
  }
  requireRegion(request);
  const ids = Object.keys(input)
    .filter((name) => /^InstanceId\.\d+$/.test(name))
    .map((name) => input[name] ?? "");
  const { BatchOptimization: mode = "AllTogether" } = input;
  if (!MODES.includes(mode)) throw new RpcError(400, "InvalidParameter", "The specified BatchOptimization is not valid.");
  if (ids.length === 0) throw new RpcError(403, "InvalidInstanceId.NotFound", "InstanceId should not be null.");
  if (ids.length > MOST_IDS) throw new RpcError(403, "InvalidParameter.TooManyInstanceIds", "Instance ids cannot be more than 100.");
  const wanted = ids.map((id) => ({ id, instance: instances.find(account, region, id) }));
  const refused = wanted.map(({ instance }) => refusalOf(instance)).find((refusal) => refusal !== undefined);
  if (mode === "AllTogether" && refused !== undefined) throw refused;
  const InstanceResponse = wanted.map(({ id, instance }) => {
    const refusal = refusalOf(instance);
    const before = instance?.status ?? "";
    if (refusal !== undefined)
      return { InstanceId: id, Code: refusal.code, Message: refusal.message, PreviousStatus: before, CurrentStatus: before };
    changes.stopped.add(id);
    return { InstanceId: id, Code: "200", Message: "success", PreviousStatus: before, CurrentStatus: "Stopping" };
  });
  return { InstanceResponses: { InstanceResponse } };
}

function refusalOf(instance: EcsInstance | undefined): RpcError | undefined {
  if (instance === undefined) return new RpcError(404, "InvalidInstanceId.NotFound", NO_INSTANCE);
  if (instance.status === "Running") return undefined;
  return new RpcError(403, "IncorrectInstanceStatus", "The current status of the resource does not support this operation.");
}

const NO_INSTANCE = "The specified InstanceId does not exist.";

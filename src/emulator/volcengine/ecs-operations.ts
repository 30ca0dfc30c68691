import type { Fleet } from "../fleet.ts";
import { hexDigits } from "../hash.ts";
import { isAmong, isTagged } from "./filters.ts";
import { keyPairsOf } from "./key-pair-data.ts";
import { chinaTime } from "./native-names.ts";
import { tokenPage } from "./pages.ts";
import { flatList, optionalText } from "./parameters.ts";
import { invalidArgument, missingParameter } from "./refusals.ts";
import type { ParameterType, VolcengineOperation, VolcengineReply, VolcengineRequest } from "./service.ts";
import { systemEventsOf } from "./system-event-data.ts";
import { currentResource, type VolcengineChanges } from "./volcengine-changes.ts";
import { VolcengineError } from "./volcengine-error.ts";

/** "Default value: 10. Maximum value: 500" (volcengine.com/docs/6396/120446, DescribeKeyPairs). */
const BY_DEFAULT = 10;
const MOST_KEY_PAIRS = 500;
/** Ids at most; taken for the events of a page too, whose cap the reference does not tell in writing. */
const HUNDRED = 100;
const DAY_MS = 86_400_000;
const TEXT: ParameterType = { TypeName: "string" };
const LIST: ParameterType = { TypeName: "array[string]" };
const NEXT_TOKEN = { input: "NextToken", reply: "NextToken" } as const;

/** Key pairs, system events, and what is done with single instances. */
export function ecsOperations(fleet: Fleet, changes: VolcengineChanges): Readonly<Record<string, VolcengineOperation>> {
  return {
    DescribeKeyPairs: {
      parameters: {
        KeyPairName: TEXT,
        "KeyPairNames.N": LIST,
        "KeyPairIds.N": LIST,
        FingerPrint: TEXT,
        "TagFilters.N.Key": TEXT,
        "TagFilters.N.Values.N": LIST,
        MaxResults: { TypeName: "integer" },
        NextToken: TEXT,
      },
      pageToken: NEXT_TOKEN,
      handle: (request) => describeKeyPairs(fleet, request),
    },
    DescribeSystemEvents: {
      parameters: {
        "EventIds.N": LIST,
        "ResourceIds.N": LIST,
        "Types.N": LIST,
        "Status.N": LIST,
        CreatedAtStart: TEXT,
        CreatedAtEnd: TEXT,
        MaxResults: TEXT,
        NextToken: TEXT,
      },
      pageToken: NEXT_TOKEN,
      handle: (request) => describeSystemEvents(fleet, request),
    },
    DescribeInstanceVncUrl: {
      parameters: { InstanceId: { TypeName: "string", Required: true } },
      handle: (request) => describeInstanceVncUrl(fleet, request),
    },
    StopInstances: {
      parameters: { "InstanceIds.N": LIST, ForceStop: { TypeName: "boolean" }, StoppedMode: TEXT, ClientToken: TEXT },
      handle: (request) => stopInstances(fleet, changes, request),
    },
  };
}

function describeKeyPairs(fleet: Fleet, request: VolcengineRequest): VolcengineReply {
  const { account, region, input } = request;
  const name = optionalText(input, "KeyPairName") ?? "";
  const fingerprint = optionalText(input, "FingerPrint");
  const found = keyPairsOf(fleet, account, region).filter(
    (pair) =>
      pair.name.includes(name) &&
      isAmong(input, "KeyPairNames", pair.name) &&
      isAmong(input, "KeyPairIds", pair.id) &&
      (fingerprint ?? pair.fingerprint) === pair.fingerprint &&
      isTagged(input, pair.tags),
  );
  const { page, told } = tokenPage(found, request, BY_DEFAULT, MOST_KEY_PAIRS);
  const KeyPairs = page.map((pair) => ({
    KeyPairId: pair.id,
    KeyPairName: pair.name,
    Description: pair.description,
    FingerPrint: pair.fingerprint,
    ProjectName: "default",
    CreatedAt: chinaTime(pair.createdMs),
    UpdatedAt: chinaTime(pair.createdMs),
    Tags: Object.entries(pair.tags).map(([Key, Value]) => ({ Key, Value })),
  }));
  return { KeyPairs, ...told };
}

function describeSystemEvents(fleet: Fleet, request: VolcengineRequest): VolcengineReply {
  const { account, region, input, nowMs } = request;
  const untilMs = instant(input, "CreatedAtEnd") ?? nowMs;
  // "The default value is 24 hours before CreatedAtEnd" (API reference).
  const fromMs = instant(input, "CreatedAtStart") ?? untilMs - DAY_MS;
  const found = systemEventsOf(fleet, account, region, nowMs).filter(
    ({ id, instanceId, type, status, createdMs }) =>
      createdMs >= fromMs &&
      createdMs <= untilMs &&
      isAmong(input, "EventIds", id) &&
      isAmong(input, "ResourceIds", instanceId) &&
      isAmong(input, "Types", type) &&
      isAmong(input, "Status", status),
  );
  const { page, told } = tokenPage(found, request, BY_DEFAULT, HUNDRED);
  const SystemEvents = page.map(({ id, instanceId, type, status, createdMs, startedMs, endedMs }) => ({
    Id: id,
    ResourceId: instanceId,
    Category: "ResourceEvent",
    Type: type,
    Status: status,
    ExtraInfo: {},
    CreatedAt: chinaTime(createdMs),
    UpdatedAt: chinaTime(endedMs ?? startedMs),
    OperatedStartAt: chinaTime(startedMs),
    OperatedEndAt: endedMs === null ? "" : chinaTime(endedMs),
  }));
  return { SystemEvents, ...told };
}

/** A console for whoever has the address: it is as good as a password. */
function describeInstanceVncUrl(fleet: Fleet, { account, region, input }: VolcengineRequest): VolcengineReply {
  const machine = fleet.find(account, region, "virtual-machine", String(input.InstanceId));
  if (machine === undefined)
    throw new VolcengineError("InvalidInstance.NotFound", "The specified instance does not exist.", { status: 404 });
  const digits = hexDigits(32, machine.key, "vnc");
  const token = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join("-");
  return { VncUrl: `wss://${region}-a01-vncproxy-ecs.volcengine.com:443/websockify/destInfoToken/${token}` };
}

/** Each instance is stopped or told why not; the request succeeds all the same (API reference, StopInstances). */
function stopInstances(fleet: Fleet, changes: VolcengineChanges, { account, region, input }: VolcengineRequest): VolcengineReply {
  const ids = flatList(input, "InstanceIds");
  if (ids.length === 0) throw missingParameter("InstanceIds.1");
  if (ids.length > HUNDRED)
    throw new VolcengineError("LimitExceeded.MaximumInstanceIds", "The number of specified InstanceIds exceeds the maximum limit.");
  const OperationDetails = ids.map((id) => {
    const machine = fleet.find(account, region, "virtual-machine", id);
    if (machine === undefined) return refused(id, "InvalidInstance.NotFound", "The specified instance does not exist.");
    if (currentResource(changes, machine).state !== "running")
      return refused(id, "InvalidInstanceStatus", "The status of the specified instance does not support this request.");
    changes.stoppedInstances.add(id);
    return { InstanceId: id, Error: null };
  });
  return { OperationDetails };
}

function refused(id: string, code: string, message: string) {
  return { InstanceId: id, Error: { Code: code, Message: message } };
}

function instant(input: VolcengineRequest["input"], name: string): number | undefined {
  const text = optionalText(input, name);
  if (text === undefined) return undefined;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw invalidArgument(`The specified argument ${name} is invalid.`);
  return ms;
}

import { alicloudCloud } from "./alicloud/index.ts";
import { awsCloud } from "./aws/index.ts";
import { azureCloud } from "./azure/index.ts";
import type { CloudFactory } from "./cloud.ts";
import { createGcpCloud } from "./gcp/index.ts";
import { volcengineCloud } from "./volcengine/index.ts";

/** Every cloud the emulator speaks, in the order in which they are asked whether a request is theirs. Keys they make last as long as the list. */
export function createClouds(): readonly CloudFactory[] {
  return [awsCloud, azureCloud, createGcpCloud(), alicloudCloud, volcengineCloud];
}

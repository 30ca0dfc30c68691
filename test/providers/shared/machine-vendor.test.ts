import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { machineVendor } from "../../../src/providers/shared/machine-vendor.ts";

async function machine(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "dmi-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), `${text}\n`);
  return folder;
}

test.each([
  ["aws", { sys_vendor: "Amazon EC2", product_name: "m5.large" }],
  ["aws", { sys_vendor: "Xen", bios_version: "4.11.amazon" }],
  ["azure", { sys_vendor: "Microsoft Corporation", chassis_asset_tag: "7783-7084-3265-9085-8269-3286-77" }],
  ["gcp", { sys_vendor: "Google", product_name: "Google Compute Engine" }],
  ["alicloud", { sys_vendor: "Alibaba Cloud", product_name: "Alibaba Cloud ECS" }],
  ["volcengine", { sys_vendor: "Volcengine" }],
  [undefined, { sys_vendor: "Microsoft Corporation", chassis_asset_tag: "Virtual Machine" }],
  [undefined, { sys_vendor: "LENOVO", product_name: "20XW" }],
  [undefined, {}],
])("%s is told by the firmware %o", async (vendor, files) => {
  expect(await machineVendor(await machine(files))).toBe(vendor);
});

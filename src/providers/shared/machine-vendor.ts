import { readFile } from "node:fs/promises";

/** What the firmware of a virtual machine says, by cloud. */
const SIGNS: readonly (readonly [vendor: string, file: string, sign: RegExp])[] = [
  // EC2 user guide, "Identify EC2 instances": Nitro says so here, older ones in the BIOS version.
  ["aws", "sys_vendor", /^Amazon EC2/],
  ["aws", "bios_version", /amazon$/],
  // The asset tag of every Azure machine (cloud-init, DataSourceAzure); other Hyper-V guests have another one.
  ["azure", "chassis_asset_tag", /^7783-7084-3265-9085-8269-3286-77/],
  // As gcp-metadata recognises it.
  ["gcp", "product_name", /^Google Compute Engine/],
  // cloud-init, DataSourceAliYun.
  ["alicloud", "product_name", /^Alibaba Cloud/],
  ["volcengine", "sys_vendor", /^(Volcengine|ByteDance)/i],
];

/** The cloud this machine itself runs in, so that its own identity may be asked; undefined elsewhere, and where it cannot be told. */
export async function machineVendor(folder = "/sys/class/dmi/id"): Promise<string | undefined> {
  const found = await Promise.all(
    SIGNS.map(async ([vendor, file, sign]) => {
      const text = await readFile(`${folder}/${file}`, "utf8").catch(() => "");
      return sign.test(text.trim()) ? vendor : undefined;
    }),
  );
  return found.find((vendor) => vendor !== undefined);
}

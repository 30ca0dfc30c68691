import { StoreError, verifyAudit } from "nephoscope";
import { languageOf } from "nephoscope/presentation";
import type { RunFlags } from "../ask-options.ts";
import { readConfig } from "../config-file.ts";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { writeJson } from "../failure.ts";
import type { Host } from "../host.ts";
import { openStore } from "../session.ts";

/** Checks that every record of the audit trail fits the one before it. */
export async function verifyAuditTrail(host: Host, flags: Pick<RunFlags, "config" | "json">): Promise<ExitStatus> {
  const store = openStore(host, await readConfig(flags.config, host.folder));
  try {
    const { records, broken } = await verifyAudit(store.audit());
    if (flags.json) {
      writeJson(host, { records, intact: broken === null, broken });
      return broken === null ? EXIT.complete : EXIT.failed;
    }
    if (broken !== null) {
      throw new StoreError({
        code: "AUDIT_BROKEN",
        message: {
          en: `The audit trail was changed: record ${broken.sequence} does not fit the one before it.`,
          zh: `审计记录被改动过：第 ${broken.sequence} 条与前一条不符。`,
        },
        hint: { en: "Compare it with a backup of the store.", zh: "请与存储的备份进行比对。" },
      });
    }
    const zh = languageOf("", host.env) === "zh";
    host.stdout.write(zh ? `审计记录完整：${records} 条。\n` : `The audit trail is intact: ${records} records.\n`);
    return EXIT.complete;
  } finally {
    await store.close();
  }
}

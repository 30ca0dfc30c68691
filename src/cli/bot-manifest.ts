import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { BotPlatform } from "./bot-platforms.ts";
import { EXIT, type ExitStatus } from "./exit-status.ts";
import type { Host } from "./host.ts";
import { usageError } from "./usage-error.ts";

/** Prints what the platform is told about the bot, or writes it to a file. */
export async function writeManifest(
  host: Host,
  platforms: readonly BotPlatform[],
  { file, url }: { readonly file: string | true; readonly url: string | undefined },
): Promise<ExitStatus> {
  const [platform, ...others] = platforms;
  if (platform === undefined || others.length > 0) {
    throw usageError(
      { en: "--manifest is made for one bot at a time.", zh: "--manifest 一次只能生成一个机器人的清单。" },
      { en: "Write: nephoscope bot slack --manifest", zh: "请写：nephoscope bot slack --manifest" },
    );
  }
  const address = checkUrl(url);
  const manifest = await platform.manifest(address === undefined ? {} : { url: address }, host.env);
  if (file !== true) {
    await writeFile(resolve(host.folder, file), manifest);
    host.stderr.write(`${file}\n`);
  } else if (typeof manifest === "string") {
    host.stdout.write(manifest.endsWith("\n") ? manifest : `${manifest}\n`);
  } else {
    throw usageError(
      {
        en: `The app package of ${platform.name} is a zip file: say where to write it.`,
        zh: `${platform.name} 的应用包是 zip 文件：请指定写入位置。`,
      },
      {
        en: `Write: nephoscope bot ${platform.id} --manifest ${platform.id}.zip`,
        zh: `请写：nephoscope bot ${platform.id} --manifest ${platform.id}.zip`,
      },
    );
  }
  return EXIT.complete;
}

/** The public address of a bot, without a slash at its end. Throws where it is none. */
export function checkUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url?.protocol === "https:" && url.username === "" && url.search === "" && url.hash === "") return text.replace(/\/+$/, "");
  throw usageError(
    { en: `--url is no public address: ${text}`, zh: `--url 不是公网地址：${text}` },
    {
      en: "Write the https address under which the platform reaches this bot: --url https://bot.example.com",
      zh: "请写平台访问该机器人的 https 地址：--url https://bot.example.com",
    },
  );
}

import { access } from "node:fs/promises";
import { join } from "node:path";
import type { Runtime } from "../../contracts/index.ts";

/** Whether one of these files, told from the home folder, is there. */
export async function anyFileInHome(env: Runtime["env"], files: readonly string[]): Promise<boolean> {
  const home = env.HOME || env.USERPROFILE;
  if (!home) return false;
  const found = await Promise.all(
    files.map((file) =>
      access(join(home, file)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}

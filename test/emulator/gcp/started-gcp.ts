import { onTestFinished } from "vitest";
import { openGcp, type StartedGcp, type StartOptions } from "./open-gcp.ts";

export { type Answer, CLOUD_PLATFORM, MAIN, PAYMENTS, type StartedGcp, signedToken, WINDOW } from "./open-gcp.ts";

// Making a key pair takes longer than most tests: emulators of one size are shared within a process, as new each time, and end with it.
const shared = new Map<number | undefined, ReturnType<typeof openGcp>>();

/** An emulator as after its start. One with a clock of its own stops with the test. */
export async function startedGcp({ now, instances, faults = [], deny = [] }: StartOptions = {}): Promise<StartedGcp> {
  if (now !== undefined) {
    const own = await openGcp({ now, instances, faults, deny });
    onTestFinished(own.close);
    return own;
  }
  const opening = shared.get(instances) ?? openGcp({ instances });
  shared.set(instances, opening);
  const gcp = await opening;
  await gcp.control("reset", {});
  await gcp.control("faults", { faults, deny });
  return gcp;
}

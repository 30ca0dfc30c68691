import { OrchestratorError } from "../../errors/index.ts";
import { credentialMissing } from "./errors.ts";
import { defaultOf, type LoadSdk, type Sdk } from "./sdk.ts";
import type { Keys } from "./send-rpc.ts";

/** Keys, and where they come from. */
interface FoundKeys extends Keys {
  /** As the vendor's chain names it: `default/env`, `cli_profile/static_ak`, … */
  readonly providerName?: string | undefined;
}

export type KeySource = () => Promise<FoundKeys>;

type Credential = InstanceType<Sdk<"credentials">["default"]["default"]>;

/** The vendor's default chain, or one profile of its CLI. Throws `CREDENTIAL_MISSING`. Session keys are renewed by the vendor's package. */
export function keySource(sdk: LoadSdk, profile: string | undefined): KeySource {
  let credential: Promise<Credential> | undefined;

  async function open(): Promise<Credential> {
    const module = await sdk("credentials");
    const Credential = defaultOf(module);
    if (profile === undefined) return new Credential();
    return new Credential(null, module.CLIProfileCredentialsProvider.builder().withProfileName(profile).build());
  }

  return async () => {
    try {
      credential ??= open();
      const { accessKeyId, accessKeySecret, securityToken, providerName } = await (await credential).getCredential();
      if (!accessKeyId || !accessKeySecret) throw new Error("the credentials have no AccessKey");
      return { accessKeyId, accessKeySecret, securityToken, providerName };
    } catch (error) {
      // After a failure the chain would go on asking its last source alone.
      credential = undefined;
      if (OrchestratorError.isInstance(error)) throw error;
      throw credentialMissing(error instanceof Error ? error : new Error(String(error)));
    }
  };
}

import { createHash, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { GCP_MAIN_PROJECT } from "./native-names.ts";

const CLIENT_EMAIL = `nephoscope-emulator@${GCP_MAIN_PROJECT}.iam.gserviceaccount.com`;
/** As in every key file; grants are made out to it. */
export const TOKEN_URI = "https://oauth2.googleapis.com/token";

interface Keys {
  readonly privateKey: string;
  readonly publicKey: KeyObject;
  readonly keyId: string;
}

/** The one service account of the emulated projects. Its key pair is made when somebody first needs it. */
export class ServiceAccount {
  readonly email = CLIENT_EMAIL;
  /** Signs access tokens, so that they can be neither made up nor stretched. */
  readonly tokenSecret = randomBytes(32);
  #keys: Keys | undefined;

  get keys(): Keys {
    this.#keys ??= createKeys();
    return this.#keys;
  }

  /** As the vendor's key files have it. */
  get credentials(): Readonly<Record<string, string>> {
    const { privateKey, keyId } = this.keys;
    return {
      type: "service_account",
      project_id: GCP_MAIN_PROJECT,
      private_key_id: keyId,
      private_key: privateKey,
      client_email: this.email,
      client_id: "104729104729104729104",
      token_uri: TOKEN_URI,
    };
  }
}

function createKeys(): Keys {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const keyId = createHash("sha1")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("hex");
  return { privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(), publicKey, keyId };
}

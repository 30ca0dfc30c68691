import type { AccessToken, TokenCredential } from "@azure/identity";
import type { ProviderContext } from "../../contracts/index.ts";
import { sharedWork } from "../shared/shared-work.ts";
import { PROVIDER_ID, required, toAzureError } from "./errors.ts";
import type { Transport } from "./transport.ts";

const OPERATION = "Token";
const MINUTE_MS = 60_000;
/** Longer than any request takes. */
const RENEW_BEFORE_MS = 5 * MINUTE_MS;
/** For tokens whose end, by our own clock, cannot be: clocks differ. Tokens of Microsoft Entra ID last an hour or more. */
const USUAL_MS = 30 * MINUTE_MS;
const LONGEST_MS = 28 * 60 * MINUTE_MS;

/** Makes a credential whose requests go over a wire. Made anew for each token, so that its requests end with the caller. */
export type CredentialFactory = (wire: ReturnType<Transport["open"]>, signal: AbortSignal) => Promise<TokenCredential>;

/** An access token, and which link of the credential chain it came from. */
export interface IssuedToken {
  readonly token: string;
  /** `EnvironmentCredential`, `AzureCliCredential`, …; null where it cannot be told. */
  readonly source: string | null;
}

export interface Tokens {
  /** A token for a service, kept until shortly before it expires. */
  get(audience: string, context: ProviderContext): Promise<IssuedToken>;
  /** Forgets a token that was refused. */
  drop(audience: string, token: string): void;
}

interface KeptToken extends IssuedToken {
  readonly renewAtMs: number;
}

/** Tokens by requests of our own, so that they are counted and retried like every other request. */
export function createTokens(create: CredentialFactory, transport: Transport): Tokens {
  const kept = new Map<string, KeptToken>();
  const fetches = new Map<string, (context: ProviderContext) => Promise<KeptToken>>();

  async function fetchToken(audience: string, context: ProviderContext): Promise<KeptToken> {
    const startedMs = context.runtime.clock.now();
    const issued = await context.call(`${PROVIDER_ID}.entra.${OPERATION}`, { provider: PROVIDER_ID }, async (signal) => {
      const wire = transport.open(signal);
      try {
        return await issue(await create(wire, signal), `${audience}/.default`, signal);
      } catch (error) {
        signal.throwIfAborted();
        throw toAzureError(error, OPERATION, wire.last());
      }
    });
    const token = { token: issued.token, source: issued.source, renewAtMs: renewalMs(startedMs, issued.expiresOnTimestamp) };
    kept.set(audience, token);
    return token;
  }

  return {
    async get(audience, context) {
      const known = kept.get(audience);
      if (known !== undefined && context.runtime.clock.now() < known.renewAtMs) return known;
      let fetch = fetches.get(audience);
      if (fetch === undefined) {
        fetch = sharedWork((caller: ProviderContext) => fetchToken(audience, caller), { keep: false });
        fetches.set(audience, fetch);
      }
      return fetch(context);
    },
    drop(audience, token) {
      if (kept.get(audience)?.token === token) kept.delete(audience);
    },
  };
}

async function issue(credential: TokenCredential, scope: string, signal: AbortSignal): Promise<AccessToken & IssuedToken> {
  if (isChain(credential)) {
    const { token, successfulCredential } = await credential.getTokenInternal(scope, { abortSignal: signal });
    return { ...token, source: successfulCredential?.constructor.name ?? null };
  }
  const token = required(await credential.getToken(scope, { abortSignal: signal }), OPERATION, "access_token");
  return { ...token, source: credential.constructor.name };
}

/** What the chains of @azure/identity have beside `getToken`; it also tells which link was taken. */
interface Chain extends TokenCredential {
  getTokenInternal(
    scopes: string,
    options: { readonly abortSignal: AbortSignal },
  ): Promise<{ readonly token: AccessToken; readonly successfulCredential?: object }>;
}

function isChain(credential: TokenCredential): credential is Chain {
  return typeof (credential as Partial<Chain>).getTokenInternal === "function";
}

function renewalMs(startedMs: number, expiresMs: number): number {
  const lastsMs = expiresMs - startedMs;
  return startedMs + (lastsMs > RENEW_BEFORE_MS && lastsMs < LONGEST_MS ? lastsMs - RENEW_BEFORE_MS : USUAL_MS);
}

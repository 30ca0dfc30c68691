import { describe, expect, it } from "vitest";
import { EXHAUST } from "../../sandboxes/escapes/exhaust.ts";
import { FORGE } from "../../sandboxes/escapes/forge.ts";
import { REACH } from "../../sandboxes/escapes/reach.ts";
import { TAMPER } from "../../sandboxes/escapes/tamper.ts";
import { ARGUMENT_ATTEMPTS } from "./argument-attempts.ts";
import { BROKER_ATTEMPTS } from "./broker-attempts.ts";
import { DECISION_ATTEMPTS } from "./decision-attempts.ts";
import { DIGEST_ATTEMPTS } from "./digest-attempts.ts";
import { KEPT_ATTEMPTS } from "./kept-attempts.ts";
import { PLACE_ATTEMPTS } from "./place-attempts.ts";
import { REQUEST_ATTEMPTS } from "./request-attempts.ts";
import { WIRE_ATTEMPTS } from "./wire-attempts.ts";

describe("attempts of generated code to do what nobody approved", () => {
  const sandbox = [EXHAUST, FORGE, REACH, TAMPER].flat().length;
  const broker = [BROKER_ATTEMPTS, WIRE_ATTEMPTS, PLACE_ATTEMPTS, ARGUMENT_ATTEMPTS, REQUEST_ATTEMPTS].flat().length;
  const consent = [DECISION_ATTEMPTS, DIGEST_ATTEMPTS, KEPT_ATTEMPTS].flat().length;

  it(`are many: ${sandbox} against the sandbox, ${broker} against the broker, ${consent} against the consent`, () => {
    expect(broker + consent).toBeGreaterThanOrEqual(70);
    expect(sandbox + broker + consent).toBeGreaterThanOrEqual(150);
  });
});

import { expect, test } from "vitest";
import { z } from "zod";
import { emulatorMode } from "../../../src/providers/shared/emulator-mode.ts";

test("is off where the variable is not set", () => {
  expect(emulatorMode({})).toBeUndefined();
  expect(emulatorMode({ NEPHOSCOPE_EMULATOR: "" })).toBeUndefined();
});

test.each(["http://127.0.0.1:4566", "http://localhost:1/", "http://[::1]:8080", "http://127.3.2.1:99"])("%s is this machine", (url) => {
  expect(emulatorMode({ NEPHOSCOPE_EMULATOR: url })!.url).toBe(url.replace(/\/$/, ""));
});

test.each(["http://10.0.0.1:81", "http://example.com", "http://127.0.0.1.example.com", "http://127.evil.example"])(
  "%s is another machine, and allowed only on purpose",
  (url) => {
    expect(() => emulatorMode({ NEPHOSCOPE_EMULATOR: url })).toThrow(expect.objectContaining({ code: "CONFIGURATION_INVALID" }));
    expect(emulatorMode({ NEPHOSCOPE_EMULATOR: url, NEPHOSCOPE_EMULATOR_ALLOW_REMOTE: "1" })!.url).toBe(url);
  },
);

test.each(["4566", "ftp://127.0.0.1", "127.0.0.1:80"])("%s is no address of an emulator", (url) => {
  expect(() => emulatorMode({ NEPHOSCOPE_EMULATOR: url })).toThrow(expect.objectContaining({ code: "CONFIGURATION_INVALID" }));
});

test("an emulator that does not answer is a sentence that says how to start it", async () => {
  const mode = emulatorMode({ NEPHOSCOPE_EMULATOR: "http://127.0.0.1:9" })!;
  const failure = mode.credentials("aws", z.string(), new AbortController().signal);
  await expect(failure).rejects.toMatchObject({
    code: "PROVIDER_UNAVAILABLE",
    hint: { en: expect.stringContaining("nephoscope emulator") },
  });
});

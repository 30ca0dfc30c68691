import { createRequire } from "node:module";
import { inflateSync } from "node:zlib";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { teamsAppPackage, teamsManifest } from "../../../bots/teams/manifest.ts";

const APP_ID = "33333333-3333-4333-8333-333333333333";

/** Microsoft's own, as its toolkit ships it. It is written in a draft of before `const`, which it uses; ajv reads it without that name. */
function problemsOf(manifest: unknown): unknown {
  const { $schema: _draft, ...schema } = createRequire(import.meta.url)(
    "@microsoft/app-manifest/build/json-schemas/teams/v1.19/MicrosoftTeams.schema.json",
  );
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  validate(manifest);
  return validate.errors;
}

describe("the app for Teams", () => {
  it("has a manifest that Microsoft's schema takes, with a public address and without", () => {
    expect(problemsOf(teamsManifest({ appId: APP_ID }))).toBeNull();
    expect(
      problemsOf(teamsManifest({ appId: APP_ID, url: "https://bot.example.com", name: "a name that is longer than thirty characters" })),
    ).toBeNull();
    expect(problemsOf({ ...teamsManifest({ appId: APP_ID }), bots: [{ botId: "not an id", scopes: [] }] })).not.toBeNull();
  });

  it("is a zip of the manifest and of two icons in the sizes that Teams wants", async () => {
    const files = unzipSync(await teamsAppPackage({ appId: APP_ID }));
    expect(Object.keys(files)).toEqual(["manifest.json", "color.png", "outline.png"]);
    expect(JSON.parse(strFromU8(files["manifest.json"] ?? new Uint8Array()))).toEqual(teamsManifest({ appId: APP_ID }));
    for (const [name, size] of [
      ["color.png", 192],
      ["outline.png", 32],
    ] as const) {
      const png = Buffer.from(files[name] ?? []);
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
      const data = png.indexOf("IDAT");
      const pixels = inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)));
      expect(pixels).toHaveLength(size * (size * 4 + 1));
    }
  });

  it("asks for no permission", () => {
    expect(Object.keys(teamsManifest({ appId: APP_ID }))).not.toContain("webApplicationInfo");
    expect(Object.keys(teamsManifest({ appId: APP_ID }))).not.toContain("authorization");
  });
});

import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ALARMS, CHECKOUT_ERRORS, expectedRows, HOT_SERVERS, MAIN, REGIONS, rowsOf, SERVERS, SLOWEST_REQUESTS } from "./fleet-questions.ts";
import { startWorld, type World } from "./world.ts";

const KEY = { AWS_ACCESS_KEY_ID: "AKIAEMULATOR00000000", AWS_SECRET_ACCESS_KEY: "emulator-secret-key-for-tests-only" };

let world: World;
let server: Server;
let home: string;
let saved: NodeJS.ProcessEnv;
let paths: string[] = [];

/** Any AWS-compatible server: it has no paths of its own, and tells what it was asked for. */
function inFrontOf(target: string): Server {
  return createServer((incoming, outgoing) => {
    paths.push(incoming.url ?? "");
    if (incoming.url?.startsWith("/_")) {
      outgoing.writeHead(404).end();
      return;
    }
    const onward = request(`${target}${incoming.url}`, { method: incoming.method, headers: incoming.headers, setHost: false }, (reply) => {
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
}

beforeAll(async () => {
  world = await startWorld();
  server = inFrontOf(world.emulator.url);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  home = await mkdtemp(join(tmpdir(), "guarantees-"));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await world[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});
// The SDK reads the environment of the process itself.
beforeEach(() => {
  saved = { ...process.env };
  paths = [];
  for (const name of Object.keys(process.env)) if (/^(AWS_|NEPHOSCOPE_)/.test(name)) delete process.env[name];
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, KEY, { AWS_ENDPOINT_URL: url, AWS_EC2_METADATA_DISABLED: "true", HOME: home });
});
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in saved)) delete process.env[name];
  Object.assign(process.env, saved);
});

describe("AWS_ENDPOINT_URL with keys in the environment", () => {
  test.each([SERVERS, HOT_SERVERS, CHECKOUT_ERRORS, SLOWEST_REQUESTS, ALARMS])("answers: $text", async (question) => {
    await world.rules({});
    const { document, exitStatus } = await world.ask(question.text, { env: process.env });
    expect(document).toMatchObject({ status: "answered", emulated: false, receipt: { complete: true } });
    expect(exitStatus).toBe(0);
    // The default identity only, in all its regions.
    expect(document.receipt?.scopes.map(({ account, region }) => `${account} ${region}`)).toEqual(
      REGIONS.map((region) => `${MAIN} ${region}`),
    );
    expect((await world.calls()).map(({ operation }) => operation)).not.toContain("sts.AssumeRole");
    const truth = await world.truth(document);
    expect(rowsOf(document, question.columns)).toEqual(expectedRows(question, truth, ({ account }) => account === MAIN));
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => path.startsWith("/_emulator"))).toEqual([]);
  });

  test("takes the home region from AWS_REGION", async () => {
    await world.rules({});
    process.env.AWS_REGION = "eu-central-1";
    const { document } = await world.ask(SERVERS.text, { env: process.env });
    expect(document).toMatchObject({ status: "answered", receipt: { complete: true } });
    const identity = (await world.calls()).filter(({ operation }) => operation === "sts.GetCallerIdentity");
    expect(identity.map(({ region }) => region)).toEqual(["eu-central-1"]);
  });

  test("and a role to assume asks that account too", async () => {
    await world.rules({});
    const accounts = [{}, { name: "payments", roleArn: "arn:aws:iam::444455556666:role/nephoscope-read" }];
    const { document } = await world.ask(SERVERS.text, { env: process.env, aws: { accounts } });
    expect(document).toMatchObject({ status: "answered", emulated: false, receipt: { complete: true } });
    const truth = await world.truth(document);
    expect(rowsOf(document, SERVERS.columns)).toEqual(expectedRows(SERVERS, truth, () => true));
  });

  test("in the options instead works as well", async () => {
    await world.rules({});
    const { AWS_ENDPOINT_URL: endpoint = "" } = process.env;
    delete process.env.AWS_ENDPOINT_URL;
    const { document } = await world.ask(SERVERS.text, { env: process.env, aws: { endpoint } });
    expect(document).toMatchObject({ status: "answered", emulated: false, receipt: { complete: true } });
    expect(paths.filter((path) => path.startsWith("/_emulator"))).toEqual([]);
  });
});

import type { Provider, Resource, ResourceWhere } from "../../../src/contracts/index.ts";
import { type AwsOptions, aws } from "../../../src/providers/aws/index.ts";
import { collect, type FakeContext, fakeContext } from "../fake-context.ts";
import { identityXml, type StubReply, type StubRequest, startStub } from "./stub-aws.ts";

export const ACCOUNT = "123456789012";
const SCOPE = { provider: "aws", account: ACCOUNT, region: "eu-west-1", service: "compute" };

export interface StubWorld extends AsyncDisposable {
  readonly provider: Provider;
  readonly requests: StubRequest[];
  readonly context: FakeContext;
  list(where?: ResourceWhere): AsyncIterable<readonly Resource[]>;
}

/** The provider as on real AWS, with keys from the environment, against a server that answers as a test says. */
export async function openStubWorld(answer: (request: StubRequest) => StubReply | undefined, options: AwsOptions = {}): Promise<StubWorld> {
  const requests: StubRequest[] = [];
  const stub = await startStub((request) => {
    requests.push(request);
    if (request.operation === "GetCallerIdentity") return answer(request) ?? { body: identityXml(ACCOUNT) };
    return answer(request) ?? { status: 500, body: "" };
  });
  const provider = aws({ endpoint: stub.url, regions: [SCOPE.region], ...options }, { env: {} });
  const context = fakeContext();
  return {
    provider,
    requests,
    context,
    list: (where = {}) => provider.resources["virtual-machine"]!(SCOPE, where, context),
    async [Symbol.asyncDispose]() {
      await provider.close?.();
      await stub.close();
    },
  };
}

/** Keys as people export them, for the length of a test file. */
export function useKeys(env: Record<string, string | undefined> = process.env): () => void {
  const names = [
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_REGION",
    "AWS_EC2_METADATA_DISABLED",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
  ];
  const before = names.map((name) => [name, env[name]] as const);
  Object.assign(env, {
    AWS_ACCESS_KEY_ID: "AKIASTUBSTUBSTUB7Q2X",
    AWS_SECRET_ACCESS_KEY: "stub",
    AWS_REGION: "eu-west-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/nonexistent/config",
    AWS_SHARED_CREDENTIALS_FILE: "/nonexistent/credentials",
  });
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete env[name];
      else env[name] = value;
    }
  };
}

export { collect };

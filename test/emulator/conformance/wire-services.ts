import * as cloudwatch from "@aws-sdk/client-cloudwatch";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as ec2 from "@aws-sdk/client-ec2";
import * as elb from "@aws-sdk/client-elastic-load-balancing-v2";
import * as lambda from "@aws-sdk/client-lambda";
import * as rds from "@aws-sdk/client-rds";
import * as sts from "@aws-sdk/client-sts";
import * as xray from "@aws-sdk/client-xray";
import type { AwsProtocol } from "../../../src/emulator/aws/service.ts";
import type { RawRequest } from "./raw-call.ts";
import { type ServiceModel, serviceModel } from "./sdk-schema.ts";
import secretsManager from "./smithy/secrets-manager.json" with { type: "json" };
import serviceQuotas from "./smithy/service-quotas.json" with { type: "json" };
import { smithyModel } from "./smithy-model.ts";

/** A service as it is spoken to over the wire, in one of its protocols, and the vendor's model of it. */
export interface WireService {
  readonly signingName: string;
  readonly protocol: AwsProtocol;
  readonly model: ServiceModel;
  /** `query`, `ec2-query`: the API version. `json`: what stands before the operation in `X-Amz-Target`. */
  readonly address: string;
}

const define = (signingName: string, protocol: AwsProtocol, module: object, address = ""): WireService => ({
  signingName,
  protocol,
  address,
  model: serviceModel(module),
});

export const WIRE_SERVICES = {
  ec2: define("ec2", "ec2-query", ec2, "2016-11-15"),
  sts: define("sts", "query", sts, "2011-06-15"),
  cloudwatch: define("monitoring", "json-1.0", cloudwatch, "GraniteServiceVersion20100801"),
  "cloudwatch-xml": define("monitoring", "query", cloudwatch, "2010-08-01"),
  logs: define("logs", "json-1.1", logs, "Logs_20140328"),
  xray: define("xray", "rest-json", xray),
  rds: define("rds", "query", rds, "2014-10-31"),
  lambda: define("lambda", "rest-json", lambda),
  elb: define("elasticloadbalancing", "query", elb, "2015-12-01"),
  // No package of these two is at hand: cut-outs of the models that the vendor publishes, in their format.
  servicequotas: {
    signingName: "servicequotas",
    protocol: "json-1.1",
    address: "ServiceQuotasV20190624",
    model: smithyModel(serviceQuotas),
  },
  secretsmanager: {
    signingName: "secretsmanager",
    protocol: "json-1.1",
    address: "secretsmanager",
    model: smithyModel(secretsManager),
  },
} as const satisfies Record<string, WireService>;

export type WireServiceId = keyof typeof WIRE_SERVICES;

/** Members of the input; for XML protocols the parameters as they stand in the form; for REST `target` and `body`. */
export type WireInput = Readonly<Record<string, unknown>>;

/** The HTTP message of a call, unsigned. */
export function wireMessage(
  service: WireService,
  operation: string,
  input: WireInput,
): Pick<RawRequest, "method" | "target" | "headers" | "body"> {
  switch (service.protocol) {
    case "ec2-query":
    case "query": {
      const form = new URLSearchParams({ Action: operation, Version: service.address });
      for (const [name, value] of Object.entries(input)) form.set(name, String(value));
      return {
        method: "POST",
        target: "/",
        headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
        body: form.toString(),
      };
    }
    case "json-1.0":
    case "json-1.1":
      return {
        method: "POST",
        target: "/",
        headers: { "content-type": `application/x-amz-${service.protocol}`, "x-amz-target": `${service.address}.${operation}` },
        body: JSON.stringify(input),
      };
    case "rest-json": {
      const { target, body } = input;
      const method = body === undefined ? "GET" : "POST";
      return {
        method,
        target: String(target),
        headers: { "content-type": "application/json" },
        body: body === undefined ? "" : JSON.stringify(body),
      };
    }
  }
}

import { Readable } from "node:stream";
import type { SlsClient } from "./sdk.ts";
import { type RequestMeans, refusedReply } from "./send-rpc.ts";
import type { HttpReply, Transport } from "./transport.ts";

type Execute = SlsClient["execute"];
type Gateway = SlsClient["_spi"];
type Interceptor = Parameters<Gateway["modifyRequest"]>[0];
type Attributes = Parameters<Gateway["modifyRequest"]>[1];

/**
 * Replaces the client's `execute`, through which all its operations go: the vendor's gateway signs the request and unpacks the reply
 * (JSON, lz4 or gzip), and our transport sends it. Throws `RefusedReply`.
 */
export function executeOverTransport(client: SlsClient, transport: Transport): Execute {
  return async (params, request, runtime) => {
    const { keys, signal } = runtime as unknown as RequestMeans;
    const { action, version, protocol, method, pathname, authType, bodyType, reqBodyType, style } = params;
    const context = {
      request: {
        headers: { ...request.headers },
        query: { ...request.query },
        body: request.body,
        hostMap: request.hostMap,
        signatureVersion: "v4",
        userAgent: "",
        credential: { getCredential: async () => keys },
        ...{ action, version, protocol, method, pathname, authType, bodyType, reqBodyType, style },
      },
      configuration: { regionId: client._regionId, endpoint: client._endpoint, network: client._network },
    } as unknown as Interceptor;
    const attributes = {} as Attributes;
    await client._spi.modifyConfiguration(context, attributes);
    await client._spi.modifyRequest(context, attributes);
    const reply = await send(context.request, transport, signal);
    if (reply.status < 200 || reply.status >= 300) throw refusedReply(reply);
    context.response = { statusCode: reply.status, headers: reply.headers, body: Readable.from([reply.body]) } as unknown as NonNullable<
      Interceptor["response"]
    >;
    await client._spi.modifyResponse(context, attributes);
    return { statusCode: reply.status, headers: reply.headers, body: context.response.deserializedBody };
  };
}

async function send(request: Interceptor["request"], transport: Transport, signal: AbortSignal): Promise<HttpReply> {
  const { headers, method = "GET", pathname = "/", query = {}, stream } = request;
  const text = new URLSearchParams(query).toString().replaceAll("+", "%20");
  const chunks: Buffer[] = [];
  for await (const chunk of stream ?? []) chunks.push(chunk as Buffer);
  const path = text === "" ? pathname : `${pathname}?${text}`;
  return transport.send(
    { host: headers?.host ?? "", method, path, headers: headers ?? {}, ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }) },
    signal,
  );
}

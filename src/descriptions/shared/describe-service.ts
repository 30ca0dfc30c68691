import type {
  DescriptionOrigin,
  Field,
  ObjectShape,
  OperationClass,
  OperationDescription,
  OperationReach,
  Pagination,
  ServiceDescription,
  Shape,
  Wire,
} from "../../contracts/index.ts";
import { type KnownService, serviceDocument } from "./known-services.ts";
import { plainText } from "./plain-text.ts";
import { refusal } from "./refusal.ts";

const MAX_OPERATIONS = 3_000;
const MAX_DESCRIPTION = 1_000;
const MAX_FIELD_DESCRIPTION = 300;

const OPERATION_NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,199}$/;
const VERSION = /^[A-Za-z0-9._-]{1,60}$/;
const TARGET = /^[A-Za-z0-9_.]{1,200}$/;
const PERMISSION = /^[A-Za-z0-9_.:/*-]{1,300}$/;
const HOST_LABEL = /^[a-z0-9-]{1,63}$/;
const METHODS: ReadonlySet<string> = new Set(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]);

/** An operation as a parser understood it, before it is checked. */
export interface OperationDraft {
  readonly name: string;
  readonly version: string;
  /** As published: HTML, Markdown or plain text. */
  readonly description: unknown;
  readonly statedClass: OperationClass | null;
  readonly permission?: string;
  readonly reach?: OperationReach;
  readonly input: ObjectShape;
  readonly output: Shape;
  readonly protocol: Wire["protocol"];
  readonly method: string;
  readonly path?: string;
  readonly target?: string;
  readonly pagination?: Pagination | undefined;
}

export interface ParseContext {
  readonly known: KnownService;
  readonly origin: DescriptionOrigin;
}

/** Checks what a parser understood and puts it together. Throws `DESCRIPTION_REFUSED` for what no publisher writes. */
export function describeService(context: ParseContext, drafts: Iterable<OperationDraft>): ServiceDescription {
  const { known, origin } = context;
  const operations = new Map<string, OperationDescription>();
  for (const draft of drafts) {
    if (operations.has(draft.name)) continue;
    operations.set(draft.name, operationOf(draft, context));
    if (operations.size > MAX_OPERATIONS) {
      throw refusal(origin.source, {
        en: `it lists more than ${MAX_OPERATIONS} operations.`,
        zh: `列出的操作超过 ${MAX_OPERATIONS} 个。`,
      });
    }
  }
  return {
    provider: known.provider,
    service: known.service,
    origin,
    operations: [...operations.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    documents: [serviceDocument(known)],
  };
}

/** A field, with the vendor's words shortened to plain text. */
export function field(shape: Shape, description: unknown, more: Partial<Omit<Field, "shape" | "description">> = {}): Field {
  const text = plainText(description, MAX_FIELD_DESCRIPTION);
  return { shape, ...more, ...(text === "" ? {} : { description: text }) };
}

function operationOf(draft: OperationDraft, { known, origin }: ParseContext): OperationDescription {
  const check = (ok: boolean, what: string) => {
    if (ok) return;
    throw refusal(origin.source, { en: `${what} is not one that this vendor would publish.`, zh: `${what} 不是该厂商会发布的内容。` });
  };
  check(OPERATION_NAME.test(draft.name), `the name of an operation (${JSON.stringify(draft.name.slice(0, 60))})`);
  check(VERSION.test(draft.version), `the version of ${draft.name}`);
  check(METHODS.has(draft.method), `the method of ${draft.name}`);
  check(draft.path === undefined || isPath(draft.path), `the path of ${draft.name}`);
  check(draft.target === undefined || TARGET.test(draft.target), `the target of ${draft.name}`);
  const id = `${known.provider}.${known.service}.${draft.name}`;
  const permission = draft.permission ?? (known.permissions === undefined ? null : `${known.permissions}:${draft.name}`);
  return {
    id,
    provider: known.provider,
    service: known.service,
    name: draft.name,
    version: draft.version,
    description: plainText(draft.description, MAX_DESCRIPTION),
    statedClass: draft.statedClass,
    permission: permission !== null && PERMISSION.test(permission) ? permission : null,
    reach: draft.reach ?? known.reach,
    input: draft.input,
    output: draft.output,
    wire: {
      protocol: draft.protocol,
      method: draft.method as Wire["method"],
      ...(draft.path === undefined ? {} : { path: draft.path }),
      ...(draft.target === undefined ? {} : { target: draft.target }),
      ...(known.endpoint !== undefined && HOST_LABEL.test(known.endpoint) ? { endpoint: known.endpoint } : {}),
      ...(known.signingName === undefined ? {} : { signingName: known.signingName }),
    },
    ...(draft.pagination === undefined ? {} : { pagination: draft.pagination }),
  };
}

/** Absolute, without anything that could lead to another host or up the path. */
function isPath(path: string): boolean {
  return (
    path.length <= 600 && /^\/[A-Za-z0-9_.~:$@{}+*=,'()!&;/?-]*$/.test(path) && !path.startsWith("//") && !/(^|\/)\.{1,2}(\/|$)/.test(path)
  );
}

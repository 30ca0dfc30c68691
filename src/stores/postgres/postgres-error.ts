import { StoreError, type Text } from "../../errors/index.ts";

interface Fact {
  readonly fact: Text;
  readonly hint: Text;
}

const UNREACHABLE: Fact = {
  fact: { en: "the server cannot be reached", zh: "无法连接服务器" },
  hint: {
    en: "Check host and port of NEPHOSCOPE_STORE, and that PostgreSQL runs there and accepts connections from here.",
    zh: "请检查 NEPHOSCOPE_STORE 中的主机和端口，并确认 PostgreSQL 已在该处运行且允许从这里连接。",
  },
};
const REFUSED: Fact = {
  fact: { en: "the server refused the user or the password", zh: "服务器拒绝了用户名或密码" },
  hint: {
    en: "Check user and password of NEPHOSCOPE_STORE (special characters are percent-encoded), PGPASSWORD or ~/.pgpass.",
    zh: "请检查 NEPHOSCOPE_STORE 中的用户名和密码（特殊字符须做百分号编码）、PGPASSWORD 或 ~/.pgpass。",
  },
};
const FULL: Fact = {
  fact: { en: "the server has no room", zh: "服务器资源不足" },
  hint: {
    en: "Free space or connections on the server, or run: nephoscope prune --older-than 7d",
    zh: "请在服务器上释放空间或连接，或执行：nephoscope prune --older-than 7d",
  },
};

/** Codes of SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html) and of Node's sockets. */
const FACTS: Readonly<Record<string, Fact>> = {
  ECONNREFUSED: UNREACHABLE,
  ECONNRESET: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ENOENT: UNREACHABLE,
  ENOTFOUND: UNREACHABLE,
  EAI_AGAIN: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  EPIPE: UNREACHABLE,
  "57P01": UNREACHABLE,
  "57P02": UNREACHABLE,
  "57P03": UNREACHABLE,
  "28000": REFUSED,
  "28P01": REFUSED,
  "53100": FULL,
  "53200": FULL,
  "53300": FULL,
  "3D000": {
    fact: { en: "there is no such database", zh: "该数据库不存在" },
    hint: {
      en: "Make it (createdb NAME), or name another one in NEPHOSCOPE_STORE.",
      zh: "请创建它（createdb 名称），或在 NEPHOSCOPE_STORE 中指定另一个。",
    },
  },
  "42501": {
    fact: { en: "the user may not do that there", zh: "该用户没有相应权限" },
    hint: {
      en: "Let the user make the schema: GRANT CREATE ON DATABASE … TO …, or give it a schema nephoscope of its own.",
      zh: "请允许该用户创建模式：GRANT CREATE ON DATABASE … TO …，或把名为 nephoscope 的模式交给它。",
    },
  },
};

/** What `pg` says without a code: nobody answers, or there is no password to answer with. */
const SAYINGS: readonly (readonly [RegExp, Fact])[] = [
  [/timeout exceeded when trying to connect|Connection terminated|timeout expired|is not queryable/, UNREACHABLE],
  [/client password must be a string/, REFUSED],
];

export function isTaken(error: unknown): boolean {
  return codeOf(error) === "23505";
}

/** A sentence for what the server or the network said. The password of the URL is in none of it. */
export function toStoreError(error: unknown, url: URL): StoreError {
  if (StoreError.isInstance(error)) return error as StoreError;
  const name = nameOf(url);
  const said = withoutPassword(error instanceof Error ? error.message : String(error), url);
  const known = FACTS[codeOf(error) ?? ""] ?? SAYINGS.find(([saying]) => saying.test(said))?.[1];
  const fact = known?.fact ?? { en: said, zh: said };
  return new StoreError({
    code: "STORE_FAILED",
    message: { en: `The store ${name} failed: ${fact.en}.`, zh: `存储 ${name} 出错：${fact.zh}。` },
    ...(known === undefined ? {} : { hint: known.hint }),
    details: { store: name, reason: said },
  });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** Which database it is, for people: without user, password and options. */
function nameOf({ hostname, port, pathname, searchParams }: URL): string {
  const host = hostname || searchParams.get("host") || "localhost";
  return `postgres://${host}${port === "" ? "" : `:${port}`}${pathname}`;
}

function withoutPassword(text: string, { password, searchParams }: URL): string {
  const secrets = [password, decodeURIComponent(password), searchParams.get("password") ?? ""].filter((secret) => secret !== "");
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, "***"), text);
}

import { StoreError, type Text } from "../../errors/index.ts";

/** Primary result codes of SQLite (https://sqlite.org/rescode.html), the low byte of `errcode`. */
const BUSY = 5;
const CONSTRAINT = 19;

const FACTS: Readonly<Record<number, { readonly fact: Text; readonly hint: Text }>> = {
  5: {
    fact: { en: "another process kept it locked for too long", zh: "被另一个进程锁定太久" },
    hint: { en: "Try again when the other process has ended.", zh: "请等另一个进程结束后重试。" },
  },
  8: {
    fact: { en: "it may not be written to", zh: "没有写入权限" },
    hint: {
      en: "Give yourself write permission, or name another file: NEPHOSCOPE_STORE=sqlite:PATH.",
      zh: "请授予写权限，或用 NEPHOSCOPE_STORE=sqlite:路径 指定另一个文件。",
    },
  },
  10: {
    fact: { en: "the disk reported an error", zh: "磁盘读写出错" },
    hint: { en: "Check the disk.", zh: "请检查磁盘。" },
  },
  11: {
    fact: { en: "the file is damaged", zh: "文件已损坏" },
    hint: {
      en: "Move the file away; a new one is made. Runs kept in it can then no longer be resumed.",
      zh: "请移走该文件，会自动新建；其中保存的运行将无法继续。",
    },
  },
  13: {
    fact: { en: "the disk is full", zh: "磁盘已满" },
    hint: { en: "Free some space, or run: nephoscope prune --older-than 7d", zh: "请释放空间，或执行：nephoscope prune --older-than 7d" },
  },
  14: {
    fact: { en: "it cannot be opened", zh: "无法打开" },
    hint: {
      en: "Check that its folder exists and that you may write there, or name another file: NEPHOSCOPE_STORE=sqlite:PATH.",
      zh: "请检查所在文件夹是否存在且可写，或用 NEPHOSCOPE_STORE=sqlite:路径 指定另一个文件。",
    },
  },
  26: {
    fact: { en: "the file is not a SQLite database", zh: "该文件不是 SQLite 数据库" },
    hint: {
      en: "Name another file: NEPHOSCOPE_STORE=sqlite:PATH.",
      zh: "请用 NEPHOSCOPE_STORE=sqlite:路径 指定另一个文件。",
    },
  },
};

function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return undefined;
  return error.errcode & 0xff;
}

export function isBusy(error: unknown): boolean {
  return primaryCode(error) === BUSY;
}

export function isConstraint(error: unknown): boolean {
  return primaryCode(error) === CONSTRAINT;
}

/** A sentence for what SQLite or the file system said about the file at `path`. */
export function toStoreError(error: unknown, path: string): StoreError {
  if (StoreError.isInstance(error)) return error as StoreError;
  const known = FACTS[primaryCode(error) ?? fileSystemCode(error)];
  const said = error instanceof Error ? error.message : String(error);
  const fact = known?.fact ?? { en: said, zh: said };
  return new StoreError({
    code: "STORE_FAILED",
    message: { en: `The store ${path} failed: ${fact.en}.`, zh: `存储 ${path} 出错：${fact.zh}。` },
    ...(known === undefined ? {} : { hint: known.hint }),
    details: { path },
    cause: error,
  });
}

function fileSystemCode(error: unknown): number {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") return 8;
  if (code === "ENOSPC") return 13;
  if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR" || code === "EEXIST") return 14;
  return 0;
}

/** The file belongs to a newer version, or to another program. */
export function unusableStore(path: string, fact: Text): StoreError {
  return new StoreError({
    code: "STORE_FAILED",
    message: { en: `The store ${path} cannot be used: ${fact.en}.`, zh: `无法使用存储 ${path}：${fact.zh}。` },
    hint: {
      en: "Update nephoscope, or name another file: NEPHOSCOPE_STORE=sqlite:PATH.",
      zh: "请升级 nephoscope，或用 NEPHOSCOPE_STORE=sqlite:路径 指定另一个文件。",
    },
    details: { path },
  });
}

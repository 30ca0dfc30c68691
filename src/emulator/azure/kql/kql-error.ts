/** Where in a query: line from 1, position in it from 0, and the text there. */
export interface KqlPlace {
  readonly line: number;
  readonly position: number;
  readonly token: string;
}

/** A query that is not understood (`syntax`) or that means nothing here (`semantic`), with Kusto's code. */
export class KqlError extends Error {
  override readonly name = "KqlError";
  readonly kind: "syntax" | "semantic";
  readonly code: string;
  readonly place: KqlPlace | undefined;

  constructor(kind: "syntax" | "semantic", code: string, message: string, place?: KqlPlace) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.place = place;
  }
}

export function syntaxError(place: KqlPlace): KqlError {
  const at = `[line:position=${place.line}:${place.position}]`;
  return new KqlError("syntax", "SYN0002", `A recognition error occurred. Query could not be parsed at '${place.token}' ${at}`, place);
}

/** SEM0100: a name that is no column, function or table. */
export function unresolved(what: string, name: string): KqlError {
  return new KqlError("semantic", "SEM0100", `Failed to resolve ${what} named '${name}'`);
}

export function semanticError(code: string, message: string): KqlError {
  return new KqlError("semantic", code, message);
}

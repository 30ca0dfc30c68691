/** A schema as discovery documents have it (Google API Discovery Service, "JSON schema"). */
export interface DiscoverySchema {
  readonly type?: "object" | "array" | "string" | "boolean" | "integer" | "number";
  readonly format?: string;
  /** In the order of their numbers; null for a number that no value has. */
  readonly enum?: readonly (string | null)[];
  /** The one value of a `kind`. */
  readonly default?: string;
  readonly $ref?: string;
  readonly items?: DiscoverySchema;
  readonly additionalProperties?: DiscoverySchema;
  readonly properties?: Readonly<Record<string, DiscoverySchema>>;
}

export const text = { type: "string" } as const;
export const flag = { type: "boolean" } as const;
export const whole = { type: "integer", format: "int32" } as const;
export const int64 = { type: "string", format: "int64" } as const;
export const uint64 = { type: "string", format: "uint64" } as const;
export const bytes = { type: "string", format: "byte" } as const;
export const time = { type: "string", format: "google-datetime" } as const;
/** Compute Engine gives times in Pacific time. */
export const localTime = { type: "string", format: "date-time" } as const;
export const texts = { type: "array", items: text } as const;
export const labels = { type: "object", additionalProperties: text } as const;
export const kind = (value: string) => ({ type: "string", default: value }) as const;
export const oneOf = (...values: readonly (string | null)[]) => ({ type: "string", enum: values }) as const;
export const ref = (name: string) => ({ $ref: name }) as const;
export const list = (name: string) => ({ type: "array", items: { $ref: name } }) as const;
export const object = (properties: Readonly<Record<string, DiscoverySchema>>) => ({ type: "object", properties }) as const;

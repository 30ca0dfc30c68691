import type { Field, Shape } from "../../contracts/index.ts";

/**
 * Fields of a request that has parameters and a body. The body's members stand beside the parameters, unless one of them is called like
 * a parameter, or the body is no object: then it is one field, `bodyName`, whose value is the whole body.
 */
export function withBody(
  parameters: readonly (readonly [string, Field])[],
  body: Shape | undefined,
  bodyName: string,
  isRequired: boolean,
): readonly (readonly [string, Field])[] {
  if (body === undefined) return parameters;
  const taken = new Set(parameters.map(([name]) => name));
  const members = body.type === "object" ? Object.entries(body.fields) : [];
  if (members.length > 0 && members.every(([name]) => !taken.has(name))) return [...parameters, ...members];
  const name = taken.has(bodyName) ? `${bodyName}Body` : bodyName;
  return [...parameters, [name, { shape: body, location: "body", ...(isRequired ? { required: true as const } : {}) }]];
}

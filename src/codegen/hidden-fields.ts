/**
 * Fields of replies that hold secrets although the operation is an ordinary read: the metadata of Google's machines has their startup scripts
 * and keys (Compute Engine documentation, "About VM metadata"). Programs never see them.
 */
const HIDDEN: Readonly<Record<string, string>> = {
  "gcp.compute.instances.aggregatedList": "metadata",
  "gcp.compute.instances.get": "metadata",
  "gcp.compute.instances.list": "metadata",
};

/** The reply of an operation without what programs must not see. */
export function withoutHiddenFields(operation: string, reply: unknown): unknown {
  const hidden = HIDDEN[operation];
  return hidden === undefined ? reply : without(reply, hidden);
}

function without(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((item) => without(item, name));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== name)
      .map(([key, item]) => [key, without(item, name)]),
  );
}

type Tree = Map<string, Tree | string>;

/**
 * Parameters of the `query` protocols as a tree: `Filter.1.Value.2=x` becomes `{ Filter: [{ Value: [, "x"] }] }` without the gaps,
 * and the word `member` before a number disappears.
 */
export function parseQueryParameters(body: string): Readonly<Record<string, unknown>> {
  const root: Tree = new Map();
  for (const [name, value] of new URLSearchParams(body)) {
    const path = name.split(".");
    let node = root;
    for (const segment of path.slice(0, -1)) {
      const known = node.get(segment);
      const next: Tree = known instanceof Map ? known : new Map();
      if (next !== known) node.set(segment, next);
      node = next;
    }
    node.set(path.at(-1) ?? "", value);
  }
  return toRecord(root);
}

function toRecord(tree: Tree): Record<string, unknown> {
  return Object.fromEntries([...tree].map(([name, value]) => [name, value instanceof Map ? toValue(value) : value]));
}

function toValue(tree: Tree): unknown {
  const names = [...tree.keys()];
  if (names.length > 0 && names.every((name) => /^\d+$/.test(name))) {
    return [...tree]
      .sort(([left], [right]) => Number(left) - Number(right))
      .map(([, value]) => (value instanceof Map ? toValue(value) : value));
  }
  const members = tree.get("member");
  return names.length === 1 && members instanceof Map ? toValue(members) : toRecord(tree);
}

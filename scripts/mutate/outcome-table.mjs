/** Numbers by kind of reply, as text; every survivor by name. */
export function outcomeTable(outcomes) {
  const rows = [...Map.groupBy(outcomes, ({ kind }) => kind)].sort(([left], [right]) => (left < right ? -1 : 1));
  const width = Math.max(5, ...rows.map(([kind]) => kind.length));
  const cells = (values) => values.map((value) => String(value).padStart(12)).join("");
  const lines = [`${"reply".padEnd(width)}${cells(["fields", "conformance", "refused", "changed", "unread", "survived"])}`];
  for (const [name, all] of [...rows, ["all", outcomes]]) {
    const count = (fits) => all.filter(fits).length;
    const by = (verdict) => count(({ provider }) => provider === verdict);
    const noticed = count(({ conformance }) => conformance);
    const survivors = all.filter(({ survived }) => survived);
    lines.push(`${name.padEnd(width)}${cells([all.length, noticed, by("refused"), by("changed"), by("unread"), survivors.length])}`);
    if (name !== "all") lines.push(...survivors.map(({ path }) => `  survived: ${path}`));
  }
  return lines.join("\n");
}

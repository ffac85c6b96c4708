/** A part of a whole. Names are our own words: Mermaid has no way to quote a quote. */
export interface Slice {
  readonly name: string;
  readonly count: number;
}

/** A pie in Mermaid, which GitHub draws in a job's summary; nothing where there is nothing to show. SVG it would drop. */
export function renderPie(title: string, slices: readonly Slice[]): readonly string[] {
  const shown = slices.filter(({ count }) => count > 0);
  if (shown.length === 0) return [];
  const lines = shown.map(({ name, count }) => `    "${name}" : ${count}`);
  return ['```mermaid', `pie showData title ${title}`, ...lines, '```', ''];
}

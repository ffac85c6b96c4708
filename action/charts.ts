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

const BAR_WIDTH = 20;

/** `████░░░░ 3 of 8 done`: a bar is full only when all is done, and empty only when nothing is. */
export function renderBar(done: number, all: number, words: string): string {
  if (all === 0) return `\`${'·'.repeat(BAR_WIDTH)}\` nothing to count`;
  const exact = Math.round((done / all) * BAR_WIDTH);
  const filled = done === 0 || done === all ? exact : Math.min(BAR_WIDTH - 1, Math.max(1, exact));
  return `\`${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}\` ${done} of ${all} ${words}`;
}

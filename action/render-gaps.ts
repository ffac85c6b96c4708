import { neutralizeInline } from '../src/core/markdown.ts';
import type { Gap } from '../src/core/reading.ts';

const MOST = 20;

/** What could not be read, and the permission that would help, as a list. */
export function renderGaps(gaps: readonly Gap[]): readonly string[] {
  if (gaps.length === 0) return [];
  const shown = gaps.slice(0, MOST).map(({ what, permission }) => {
    const help = permission === undefined ? '' : `; \`${permission}\` would help`;
    return `- ${neutralizeInline(what)}${help}`;
  });
  const more = gaps.length > MOST ? [`- … and ${gaps.length - MOST} more`] : [];
  return ['Could not be read:', '', ...shown, ...more, ''];
}

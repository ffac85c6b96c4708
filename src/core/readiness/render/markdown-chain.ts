import { shorten, visibleLine } from '../../markdown.ts';
import type { RepositoryRef } from '../../task/identity.ts';
import { shortenRefs } from '../../task/shorten-refs.ts';
import type { ReadinessReport } from '../report-schema.ts';

/** More boxes than this are too small to be read. */
const MAX_TASKS = 12;

/** The longest chain of open tasks that wait for each other, as a Mermaid chart, which GitHub draws; empty below two. */
export function markdownChain({ metrics, items }: ReadinessReport, near: RepositoryRef): readonly string[] {
  const chain = metrics.longest_chain;
  if (chain.length < 2) return [];
  const titles = new Map(items.map(({ ref, title }) => [ref, title]));
  const shown = chain.slice(0, MAX_TASKS);
  const more = chain.length - shown.length;
  const boxes = [
    ...shown.map((ref) => `${shortenRefs(ref, near)} ${titles.get(ref) ?? ''}`),
    ...(more > 0 ? [`${more} more`] : []),
  ];
  return [
    '```mermaid',
    'flowchart LR',
    ...boxes.map((text, index) => `  t${index}["${mermaidLabel(text)}"]`),
    `  ${boxes.map((_, index) => `t${index}`).join(' --> ')}`,
    '```',
    '',
  ];
}

/** Only what means nothing to Mermaid, whatever a title holds: no quotes, brackets, entities, directives or Markdown. */
function mermaidLabel(text: string): string {
  const plain = visibleLine(text).replace(/[^\p{L}\p{M}\p{N} #.,:/+-]/gu, ' ');
  return shorten(
    plain
      .replace(/:(?=\/\/)/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
    48,
  );
}

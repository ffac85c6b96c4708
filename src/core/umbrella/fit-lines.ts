const encoder = new TextEncoder();

export const byteLength = (text: string): number => encoder.encode(text).length;

interface LineLimits {
  readonly maxBytes: number;
  readonly maxLines?: number;
  /** The last line when something is left out. */
  readonly more: (count: number) => string;
}

/**
 * As many items as fit into `maxBytes`, each rendered as one whole line, and then a line that says how many more there
 * are. Nothing is ever cut inside a line, and what lies beyond the limit is not rendered at all.
 */
export function fitLines<T>(
  items: readonly T[],
  render: (item: T) => string,
  { maxBytes, maxLines = items.length, more }: LineLimits,
): readonly string[] {
  const room = maxBytes - byteLength(more(items.length)) - 1;
  const lines: string[] = [];
  let used = 0;
  for (const item of items.slice(0, maxLines)) {
    const line = render(item);
    used += byteLength(line) + 1;
    if (used > room) break;
    lines.push(line);
  }
  return lines.length === items.length ? lines : [...lines, more(items.length - lines.length)];
}

/** `██████░░░░` for 60 %; a bar is full only at 100 and empty only at 0. Null gives a dotted one. */
export function progressBar(percent: number | null, width: number): string {
  if (percent === null) return '·'.repeat(width);
  const exact = (percent / 100) * width;
  const isBetween = percent > 0 && percent < 100;
  const filled = isBetween ? Math.min(width - 1, Math.max(1, Math.round(exact))) : Math.round(exact);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}

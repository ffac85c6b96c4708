/** `4/12`, or `4/12 · 1 dropped`: those that were dropped are no part of the whole. */
export const doneText = (complete: number, relevant: number, dropped: number): string =>
  `${complete}/${relevant}${dropped === 0 ? '' : ` · ${dropped} dropped`}`;

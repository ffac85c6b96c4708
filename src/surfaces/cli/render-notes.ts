import { inWords } from '../../core/in-words.ts';
import { visibleLine } from '../../core/markdown.ts';
import type { Gap } from '../../core/reading.ts';
import type { View } from './view.ts';

/** What could not be read and what is odd about the data, one line each; nothing when there is neither. */
export function renderNotes(
  { gaps, remarks }: { readonly gaps: readonly Gap[]; readonly remarks: readonly string[] },
  { colors }: View,
): readonly string[] {
  return [
    ...gaps.map((gap) => `${colors.yellow('not read:')} ${visibleLine(gap.what)} (${causeText(gap)})`),
    ...remarks.map((remark) => `${colors.yellow('note:')} ${visibleLine(remark)}`),
  ];
}

function causeText({ cause, permission }: Gap): string {
  const reason = inWords(cause);
  return permission === undefined ? reason : `${reason}; it needs ${permission}`;
}

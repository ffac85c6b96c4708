import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import type { riskOutput } from '../../operations/risk-schema.ts';
import type { importsSchema } from '../../operations/show-risk.ts';
import { renderNotes } from './render-notes.ts';
import type { View } from './view.ts';

type About = Pick<z.output<z.ZodObject<typeof riskOutput>>, 'leftOut' | 'gaps' | 'remarks'>;

/** How much hangs on a file comes before how many lines changed, which the weight says already. */
export function impactInOrder(factors: readonly string[]): readonly string[] {
  const isDepending = (what: string): boolean => /^\d+ files? depends? on /.test(what);
  return [...factors.filter(isDepending), ...factors.filter((what) => !isDepending(what))].map(visibleLine);
}

type Imports = z.output<typeof importsSchema>;

/** How far "so many files depend on" can be trusted; nothing where all imports were understood. */
export function importsLine(imports: Imports, { colors }: View): readonly string[] {
  if (imports === null || imports.unread + imports.unresolved === 0) return [];
  const { files, unread, unresolved } = imports;
  const parts = [
    ...(unread > 0 ? [`${unread} files of languages that are not read`] : []),
    ...(unresolved > 0 ? [`${unresolved} imports that lead nowhere`] : []),
  ];
  return [colors.dim(`Dependents are counted over ${files} source files, without ${parts.join(' and ')}.`)];
}

/** How many names a reader takes in before the rest is counted. */
const MAX_NAMES = 8;

/** Below every table: what was left out, what could not be read, what is odd. */
export function closingLines(about: About, view: View): readonly string[] {
  const reasons = [...new Set(about.leftOut.map(({ why }) => why))];
  const left = reasons.map((reason) => {
    const names = about.leftOut.filter(({ why }) => why === reason).map(({ name }) => name);
    const sorted = names.toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }));
    return view.colors.dim(`Left out, ${reason} (${names.length}): ${namesInWords(sorted)}.`);
  });
  const hints: Readonly<Record<string, string>> = { 'a draft': '--drafts', 'updates dependencies': '--bots' };
  const flags = reasons.map((reason) => hints[reason] ?? '--idle');
  const hint = flags.length === 0 ? [] : [view.colors.dim(`They are taken in with ${flags.join(', ')}.`)];
  return [...left, ...hint, ...renderNotes(about, view)];
}

/** Names of strangers, made safe for a terminal: the first few, and how many more. */
export function namesInWords(names: readonly string[], most = MAX_NAMES): string {
  const shown = names.slice(0, most).map(visibleLine);
  return names.length > most ? `${shown.join(', ')} and ${names.length - most} more` : shown.join(', ');
}

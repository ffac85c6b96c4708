import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import type { PairRisk } from '../../core/risk/pair-risk.ts';
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
    ...(unread > 0 ? [`${counted(unread, 'file')} of languages that are not read`] : []),
    ...(unresolved > 0 ? [`${counted(unresolved, 'import')} that ${unresolved === 1 ? 'leads' : 'lead'} nowhere`] : []),
  ];
  return [colors.dim(`Dependents are counted over ${counted(files, 'source file')}, without ${parts.join(' and ')}.`)];
}

/** How many names a reader takes in before the rest is counted. */
const MAX_NAMES = 8;

/** How many reasons are told before the rest is counted. */
const MAX_REASONS = 5;

/** Why nobody knows of pairs: each reason once, with the first of the pairs. */
export function unknownLines(
  pairs: readonly { readonly a: string; readonly b: string; readonly reason: string }[],
): readonly string[] {
  const reasons = [...new Set(pairs.map(({ reason }) => reason))];
  const lines = reasons.map((reason) => {
    const names = pairs.filter((pair) => pair.reason === reason).map(({ a, b }) => `${a} × ${b}`);
    return `${counted(names.length, 'pair')} unknown (${namesInWords(names)}): ${visibleLine(reason)}.`;
  });
  const more = lines.length - MAX_REASONS;
  return [...lines.slice(0, MAX_REASONS), ...(more > 0 ? [`… for ${counted(more, 'more reason')}.`] : [])];
}

/** A reason that takes more than a line of a cell. */
const LONG = 30;

/** Reasons by whom they are of, in the order of a table: a long one is told of the first alone, and of others that it is the same. */
export function toldOnce(
  reasons: Iterable<{ readonly name: string; readonly reason: string }>,
): (name: string, reason: string) => string {
  const first = new Map<string, string>();
  for (const { name, reason } of reasons) if (!first.has(reason)) first.set(reason, name);
  return (name, reason) => {
    const earlier = first.get(reason) ?? name;
    const what = reason.slice(0, Math.max(0, reason.indexOf(': ')));
    return earlier === name || what === '' || reason.length - what.length <= LONG
      ? reason
      : `${what}: as with ${earlier}`;
  };
}

/** The pairs of which nobody knows; those that wait are no such. */
export const unknownOf = (pairs: readonly PairRisk[]): Parameters<typeof unknownLines>[0] =>
  pairs.flatMap(({ a, b, finding }) =>
    'reason' in finding && finding.verdict === 'unknown' ? [{ a, b, reason: finding.reason }] : [],
  );

/** `1 pair`, `2 pairs`. */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

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

import type { Progress } from '../rollup.ts';
import type { DriftFinding } from './drift.ts';
import type { LineEdit } from './edit-lines.ts';
import { NO_PLACE } from './place-in-body.ts';
import type { StatedProgress } from './read-summaries.ts';

type Counts = Pick<Progress, 'complete' | 'relevant' | 'total'>;

/**
 * Summaries that are no longer true. `after` is how it stands once the other findings are set right. Where summaries say
 * different things, a person has to tell which of them speaks of what.
 */
export function staleSummaries(
  summaries: readonly StatedProgress[],
  progress: Progress,
  after: Counts,
): readonly DriftFinding[] {
  if (progress.total === 0 || progress.counts.unknown > 0) return [];
  const separate = summaries.filter(({ repeats }) => !repeats);
  const [first] = separate;
  const doubt = separate.every((summary) => first !== undefined && agree(summary, first)) ? null : SEVERAL;
  return summaries.flatMap((summary) => {
    const stale = staleness(summary, progress, after);
    return stale === null ? [] : [findingOf(summary, stale, doubt)];
  });
}

const SEVERAL = 'its summaries differ, so a person has to tell what each is about';

/** A percentage is a rounded count. */
function agree({ says: a }: StatedProgress, { says: b }: StatedProgress): boolean {
  if (a.kind === 'count' && b.kind === 'count') return a.done === b.done && a.of === b.of;
  return Math.abs(percentOf(a) - percentOf(b)) < 1;
}

const percentOf = (says: StatedProgress['says']): number =>
  says.kind === 'percent' ? says.percent : (100 * says.done) / Math.max(1, says.of);

interface Staleness {
  readonly truth: string;
  readonly put: string;
}

function findingOf(
  { line, quote, figure, place }: StatedProgress,
  { truth, put }: Staleness,
  doubt: string | null,
): DriftFinding {
  const finding = { kind: 'summary', ref: null, line, quote } as const;
  const text = `the text says ${quote}; it is ${truth}`;
  if (place === null || doubt !== null) return { ...finding, text: `${text}; ${doubt ?? NO_PLACE}`, fix: null };
  const edit: LineEdit = { line: place.line, replaces: { column: place.column, text: figure }, put };
  return { ...finding, text, fix: { kind: 'edit', edit } };
}

function staleness({ says }: StatedProgress, progress: Progress, after: Counts): Staleness | null {
  const { counts, percentComplete } = progress;
  const now = isTrue(says, progress, counts.dropped);
  if (now && isTrue(says, after, counts.dropped)) return null;
  const onceLinked = now ? ' once the listed tasks are linked' : '';
  if (says.kind === 'percent') {
    const percent = Math.floor((100 * after.complete) / after.relevant);
    if (percentComplete === null) return null;
    return { truth: `${now ? percent : percentComplete} %${onceLinked}`, put: `${percent}${says.sign}` };
  }
  const of = says.of === progress.total ? 'total' : 'relevant';
  const { complete, [of]: whole } = now ? after : progress;
  return { truth: `${complete} of ${whole}${onceLinked}`, put: `${after.complete}${says.between}${after[of]}` };
}

function isTrue(says: StatedProgress['says'], { complete, relevant, total }: Counts, dropped: number): boolean {
  if (says.kind === 'percent') {
    const exact = relevant === 0 ? 0 : (100 * complete) / relevant;
    return Math.abs(says.percent - exact) < 1;
  }
  const truths = [
    [complete, relevant],
    [complete, total],
    [complete + dropped, total],
  ] as const;
  return truths.some(([done, of]) => says.done === done && says.of === of);
}

import { buildConflictHistory, type FileMerge } from '../../src/core/risk/conflict-history.ts';
import type { KnownPair } from '../../src/core/risk/fit-risk-weights.ts';
import { type FileMeeting, indexPaths, meetingsOf } from '../../src/core/risk/overlap.ts';
import type { LivePair } from './common-lines.ts';
import type { ConflictRows, RecordedPair } from './conflict-rows.ts';

/** One pair that shares a path and whose outcome is known. */
export interface RiskSample extends KnownPair {
  readonly kind: RecordedPair['kind'];
  readonly isStacked: boolean;
  readonly isConflict: boolean;
  readonly live: LivePair;
}

export interface RiskSamples {
  readonly repository: string;
  readonly samples: readonly RiskSample[];
  /** Pairs whose outcome nobody could tell. */
  readonly undetermined: number;
  /** Pairs that share no path, by kind. */
  readonly unlisted: ConflictRows['unlisted'];
}

/**
 * The pairs of one repository whose outcome is known; the history of a pair holds only what was merged before. `lines` puts
 * a pair's hunks on lines that compare.
 */
export function riskSamples(
  rows: ConflictRows,
  lines: (rows: ConflictRows) => (pair: RecordedPair) => LivePair,
): RiskSamples {
  const live = lines(rows);
  const mergedAt = ({ first }: RecordedPair): string => rows.pullRequests.get(first)?.mergedAt ?? '';
  const determined = rows.pairs.filter(({ conflicts }) => conflicts !== null);
  const met = determined.map((pair) => {
    const both = live(pair);
    return { pair, both, meetings: meetingsOf(indexPaths(both.first), indexPaths(both.second)) };
  });
  const merges = mergesByPath(met.flatMap(({ pair, meetings }) => meetings.map(asMerge(pair, mergedAt(pair)))));
  return {
    repository: rows.repository,
    undetermined: rows.pairs.length - determined.length,
    unlisted: rows.unlisted,
    samples: met.map(({ pair, both, meetings }) => ({
      meetings,
      live: both,
      kind: pair.kind,
      isStacked: pair.stacked === true,
      isConflict: pair.conflicts === true,
      conflictingPaths: new Set(pair.conflictingFiles),
      history: buildConflictHistory(
        meetings.flatMap(({ path }) => merges.get(path) ?? []),
        mergedAt(pair),
      ),
    })),
  };
}

const asMerge =
  ({ conflictingFiles }: RecordedPair, at: string) =>
  ({ path }: FileMeeting): FileMerge => ({ path, at, conflicted: conflictingFiles.includes(path) });

function mergesByPath(merges: readonly FileMerge[]): ReadonlyMap<string, readonly FileMerge[]> {
  const byPath = new Map<string, FileMerge[]>();
  for (const merge of merges) {
    const known = byPath.get(merge.path) ?? [];
    known.push(merge);
    byPath.set(merge.path, known);
  }
  return byPath;
}

import { namesOfFile } from './met-files.ts';
import type { TouchedFile } from './touched-file.ts';

export interface ImpactFacts {
  /** Those in which the change meets others: what is redone when one of them merges first. */
  readonly files: readonly TouchedFile[];
  /** How many files depend on a path, directly or through others; null where nobody read the imports. A path that is absent is unknown. */
  readonly dependents: ReadonlyMap<string, number> | null;
  /** Lockfiles, changelogs and what the configuration names: made anew, not redone. */
  readonly isRegenerated: (path: string) => boolean;
}

export interface Impact {
  /** What it costs to redo the change: `lines`, more where much depends on them, and never less than 1. */
  readonly weight: number;
  /** Lines put in and taken out in the files that it shares. */
  readonly lines: number;
  /** Files whose lines nobody shows, each counted as one line: the weight is a lower bound. */
  readonly uncounted: readonly string[];
  /** In words, the weightiest first. */
  readonly factors: readonly ImpactFactor[];
}

export interface ImpactFactor {
  /** `31 files depend on src/a.ts`. Paths are as git has them: neutralise them before they are shown. */
  readonly what: string;
  readonly path: string;
  /** Lines to redo, or files that depend on it. */
  readonly count: number;
}

/** Of a change that meets nobody, of which nobody knows what would be redone, or which is only a name of a ref. */
const LEAST_WEIGHT = 1;

/**
 * What would have to be redone of a change: its churn in the files in which it meets others, and how much of the
 * repository hangs on them. Every doubling of the files that depend on a file adds a tenth to its lines: enough to let the
 * order spare it among equals. The tenth is chosen, not measured; in recorded conflicts fan-in predicted nothing.
 */
export function assessImpact(facts: ImpactFacts): Impact {
  const shared = facts.files.filter(({ path }) => !facts.isRegenerated(path));
  const measured = shared.map((file) => ({ file, lines: linesOf(file), dependents: dependentsOf(file, facts) }));
  return {
    weight: Math.max(
      LEAST_WEIGHT,
      measured.reduce((sum, { lines, dependents }) => sum + lines * (1 + Math.log2(1 + dependents) / 10), 0),
    ),
    lines: measured.reduce((sum, { lines }) => sum + lines, 0),
    uncounted: shared.filter(({ hunks }) => hunks === null).map(({ path }) => path),
    factors: measured.flatMap(factorsOf).sort((one, other) => other.count - one.count),
  };
}

/** At least one: somebody has to look at a file that was only renamed, or that shows no lines. */
function linesOf({ hunks }: TouchedFile): number {
  return Math.max(
    1,
    (hunks ?? []).reduce((sum, { oldLines, newLines }) => sum + oldLines + newLines, 0),
  );
}

function dependentsOf(file: TouchedFile, { dependents }: ImpactFacts): number {
  return Math.max(...namesOfFile(file).map((name) => dependents?.get(name) ?? 0));
}

interface Measured {
  readonly file: TouchedFile;
  readonly lines: number;
  readonly dependents: number;
}

function factorsOf({ file: { path, hunks }, lines, dependents }: Measured): readonly ImpactFactor[] {
  const redone =
    hunks === null ? `the lines of \`${path}\` are not known` : `${count(lines, 'line')} of \`${path}\` to redo`;
  const depending = dependents === 1 ? '1 file depends' : `${dependents} files depend`;
  return [
    { what: redone, path, count: lines },
    ...(dependents > 0 ? [{ what: `${depending} on \`${path}\``, path, count: dependents }] : []),
  ];
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

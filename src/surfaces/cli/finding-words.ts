import { visibleLine } from '../../core/markdown.ts';
import { markOf } from '../../core/risk/mark-of-finding.ts';
import type { ConflictingFile, PairFinding, StackedPair } from '../../core/risk/pair-risk.ts';
import { rangeWords } from '../../core/risk/range-words.ts';

const MAX_FILES = 3;
const MAX_FACTORS = 2;

/** `conflict`, `73 %` …, with how it is known behind it. */
export function likelihoodWords(finding: PairFinding): string {
  if (finding.basis === 'estimated') {
    const words = `${Math.round(finding.probability * 100)} % estimated`;
    if (finding.stack !== undefined) return 'depends on';
    return finding.regenerate ? `regenerate, ${words}` : words;
  }
  if (markOf(finding) === 'regenerate') return 'regenerate verified';
  return `${VERDICTS[finding.verdict]} ${finding.basis === null ? '' : 'verified'}`.trim();
}

const VERDICTS = {
  ...{ clean: 'clean', conflict: 'conflict', depends_on: 'depends on' },
  ...{ unknown: 'unknown', waits: 'waits' },
} as const;

/** Where two changes meet, or why that is thought: one thing a line. */
export function findingLines(finding: PairFinding): readonly string[] {
  if (finding.basis === 'estimated') {
    const factors = finding.factors.map(({ what }) => visibleLine(what));
    return finding.stack === undefined ? counted(factors, MAX_FACTORS) : [stackWords(finding.stack)];
  }
  switch (finding.verdict) {
    case 'clean':
      return [];
    case 'unknown':
    case 'waits':
      return [visibleLine(finding.reason)];
    case 'depends_on':
      return [stackWords(finding), ...counted(finding.files.map(fileWords), MAX_FILES)];
    case 'conflict':
      return counted(finding.files.map(fileWords), MAX_FILES);
  }
}

const stackWords = ({ dependent, on }: StackedPair): string =>
  `${visibleLine(dependent)} depends on ${visibleLine(on)}`;

function counted(lines: readonly string[], most: number): readonly string[] {
  return lines.length > most ? [...lines.slice(0, most), `… and ${lines.length - most} more`] : lines;
}

/** `src/a.ts lines 10–14`, or what else is wrong with the file. */
export function fileWords({ path, kind, ranges, regenerate }: ConflictingFile): string {
  const name = visibleLine(path);
  if (regenerate) return `${name} regenerate`;
  return ranges.length === 0 || kind !== 'content' ? `${name} ${visibleLine(kind)}` : `${name} ${rangeWords(ranges)}`;
}

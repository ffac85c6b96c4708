import { neutralizeInline, visibleLine } from '../markdown.ts';
import { formatRef, type RepositoryRef } from '../task/identity.ts';
import type { ConflictingFile, PairFinding, StackedPair } from './pair-risk.ts';
import { rangeWords } from './range-words.ts';
import {
  conflictsBelow,
  LIKELY,
  mergesFirst,
  type OtherPullRequest,
  type RiskOfPullRequest,
  type RiskVerdict,
} from './risk-of-pull-request.ts';

/** Rows and files that a reader takes in; the rest is counted. */
const MAX_ROWS = 20;
const MAX_FILES = 5;
const MAX_UNKNOWN = 8;

interface RiskSummary {
  /** One line, plain text. */
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
}

/** The title and the text of a pull request's check run, also of its comment: what it conflicts with, where, and what to do. */
export function renderRiskSummary(risk: RiskOfPullRequest, verdict: RiskVerdict): RiskSummary {
  const rows = rowsOf(risk);
  const shown = rows.slice(0, MAX_ROWS).map(({ cells }) => `| ${cells.join(' | ')} |`);
  const left = rows.length - shown.length;
  const table =
    shown.length === 0
      ? []
      : [`| With | Files (lines of ${code(risk.base)}) | How it is known |`, '| --- | --- | --- |', ...shown, ''];
  const lines = [...table, ...(left > 0 ? [`… and ${left} more.`, ''] : []), ...actionOf(risk, verdict)];
  const turn = mergesFirst(risk) ? ': merges first' : '';
  return { title: `${titleOf(risk, verdict)}${turn}`, summary: `${lines.join('\n')}\n` };
}

function actionOf(risk: RiskOfPullRequest, verdict: RiskVerdict): readonly string[] {
  const { behind = [], withBase, pullRequest } = risk;
  if (mergesFirst(risk)) return MERGES_FIRST;
  const below = risk.pairs.filter(({ finding }) => conflictsBelow(finding, pullRequest));
  if (below.length > 0) return [belowWords(named(refsOf(below, pullRequest)))];
  if (behind.length > 0) return [afterWords(named(behind.map((ref) => formatRef(ref, pullRequest))))];
  return verdict === 'clear' && withBase.verdict === 'not_verified' ? CLEAR_BY_ESTIMATE : ACTIONS[verdict];
}

/** What the order of a check rests on, and who knows more. */
const ORDER =
  'This order counts conflicts, age and labels, not reviews, checks and blockers: by `parasol risk queue`, which reads those too, whoever is not ready goes last.';

const MERGES_FIRST = [
  `It goes first in the order that redoes least, so this check lets it pass: the others redo these lines after it. ${ORDER}`,
];

const afterWords = (first: string): string =>
  `In the order that redoes least ${first} goes first. This passes once that is merged, closed or a draft, or once they no longer conflict. ${ORDER}`;

const belowWords = (below: string): string =>
  `It is stacked on ${below} and does not merge with it any more: rebase it, or merge the branch below into it.`;

const ACTIONS: Readonly<Record<RiskVerdict, readonly string[]>> = {
  conflict: [
    'Whichever merges second has to redo these lines: agree who goes first. `parasol risk queue` tells the order that costs least.',
  ],
  likely: ['This is an estimate from the changed lines; where a clone is at hand, a trial merge tells for sure.'],
  unknown: ['What is unknown counts neither as a conflict nor as its absence.'],
  clear: ['Every trial merge with an open pull request that touches the same files is clean.'],
};

const CLEAR_BY_ESTIMATE = ['Estimated from the changed lines: with no open pull request is a conflict likely.'];

function titleOf(risk: RiskOfPullRequest, verdict: RiskVerdict): string {
  const repository = risk.pullRequest;
  const conflicting = risk.pairs.filter(
    ({ finding }) =>
      ('verdict' in finding && finding.verdict === 'conflict') || conflictsBelow(finding, risk.pullRequest),
  );
  switch (verdict) {
    case 'conflict': {
      const base = risk.withBase.verdict === 'conflict' ? [visibleLine(risk.base)] : [];
      return `Conflicts with ${named([...base, ...refsOf(conflicting, repository)])} (verified)`;
    }
    case 'likely': {
      const likely = risk.pairs.filter(({ finding }) => finding.basis === 'estimated' && finding.probability >= LIKELY);
      return `Likely to conflict with ${named(refsOf(likely, repository))} (estimated)`;
    }
    case 'unknown':
      return risk.leftOut === undefined ? 'Whether it conflicts is not known for all' : LEFT_OUT[risk.leftOut];
    case 'clear':
      return NO_CONFLICT;
  }
}

/** The title where there is none, or only an unlikely one. */
export const NO_CONFLICT = 'No conflict with an open pull request';

const LEFT_OUT: Readonly<Record<NonNullable<RiskOfPullRequest['leftOut']>, string>> = {
  'a draft': 'A draft: not judged',
  'updates dependencies': 'Updates dependencies: not judged',
  'idle for 30 days': 'Idle for 30 days: not judged',
};

const refsOf = (pairs: readonly { readonly other: OtherPullRequest }[], repository: RepositoryRef): readonly string[] =>
  pairs.map(({ other }) => formatRef(other.ref, repository));

function named(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most);
  const left = names.length - shown.length;
  return left > 0 ? `${shown.join(', ')} and ${left} more` : shown.join(', ');
}

interface Row {
  /** Lower comes first. */
  readonly rank: number;
  readonly cells: readonly [string, string, string];
}

function rowsOf({ withBase, base, pairs, pullRequest }: RiskOfPullRequest): readonly Row[] {
  const own: Row[] = [];
  if (withBase.verdict === 'conflict')
    own.push({ rank: 0, cells: [`its base ${code(base)}`, filesCell(withBase.files), 'verified'] });
  if (withBase.verdict === 'unknown')
    own.push({ rank: 4, cells: [`its base ${code(base)}`, '', `unknown: ${neutralizeInline(withBase.reason)}`] });
  const isUnknown = ({ finding }: RiskOfPullRequest['pairs'][number]): boolean =>
    'verdict' in finding && finding.verdict === 'unknown';
  const others = pairs
    .filter((pair) => !isUnknown(pair))
    .flatMap(({ other, finding }): readonly Row[] => {
      const told = cellsOfFinding(finding);
      return told === null ? [] : [{ rank: told.rank, cells: [titled(other, pullRequest), told.files, told.how] }];
    });
  const unknown = unknownRows(pairs, pullRequest);
  return [...own, ...others, ...unknown].toSorted((one, other) => one.rank - other.rank);
}

/** Why nobody knows: each reason once, with the first of those whom it is about. */
function unknownRows(pairs: RiskOfPullRequest['pairs'], repository: RepositoryRef): readonly Row[] {
  const byReason = new Map<string, RiskOfPullRequest['pairs'][number][]>();
  for (const pair of pairs) {
    if (!('verdict' in pair.finding && pair.finding.verdict === 'unknown')) continue;
    const { reason } = pair.finding;
    byReason.set(reason, [...(byReason.get(reason) ?? []), pair]);
  }
  return [...byReason].map(([reason, about]) => {
    const [{ other } = { other: null }] = about;
    const isOne = about.length === 1 && other !== null;
    const name = isOne ? titled(other, repository) : named(refsOf(about, repository), MAX_UNKNOWN);
    return { rank: 4, cells: [name, '', `unknown: ${neutralizeInline(reason)}`] };
  });
}

const titled = ({ ref, title }: OtherPullRequest, repository: RepositoryRef): string =>
  `${formatRef(ref, repository)} ${neutralizeInline(title, 80)}`;

export interface ToldFinding {
  /** Lower comes first. */
  readonly rank: number;
  readonly files: string;
  readonly how: string;
}

/** A finding as cells of a table, Markdown already; null for what needs no row: clean, or unlikely. */
export function cellsOfFinding(finding: PairFinding): ToldFinding | null {
  if (finding.basis === 'estimated') {
    if (finding.stack !== undefined) return { rank: 3, files: '', how: stackWords(finding.stack) };
    if (finding.probability < LIKELY) return null;
    const factors = finding.factors.map(({ what }) => neutralizeInline(what, 120)).slice(0, MAX_FILES);
    return { rank: 2, files: factors.join('<br>'), how: `estimated, ${Math.round(finding.probability * 100)} %` };
  }
  switch (finding.verdict) {
    case 'clean':
    case 'waits':
      return null;
    case 'conflict':
      return { rank: 1, files: filesCell(finding.files), how: 'verified' };
    case 'depends_on':
      return { rank: 3, files: filesCell(finding.files), how: stackWords(finding) };
    case 'unknown':
      return { rank: 4, files: '', how: `unknown: ${neutralizeInline(finding.reason)}` };
  }
}

const stackWords = ({ dependent, on }: StackedPair): string =>
  `stacked: ${neutralizeInline(dependent)} depends on ${neutralizeInline(on)}`;

function filesCell(files: readonly ConflictingFile[]): string {
  const shown = files.slice(0, MAX_FILES).map(fileWords);
  const left = files.length - shown.length;
  return [...shown, ...(left > 0 ? [`… and ${left} more`] : [])].join('<br>');
}

function fileWords({ path, kind, ranges, regenerate }: ConflictingFile): string {
  if (regenerate) return `${code(path)} regenerate`;
  return ranges.length === 0 ? `${code(path)} ${kind}` : `${code(path)} ${rangeWords(ranges)}`;
}

const code = (text: string): string => `<code>${neutralizeInline(text, 120)}</code>`;

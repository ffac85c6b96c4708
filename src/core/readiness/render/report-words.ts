import { inWords } from '../../in-words.ts';
import type { RepositoryRef } from '../../task/identity.ts';
import { shortenRefs } from '../../task/shorten-refs.ts';
import type { CriterionResult, Finding, ReadinessReport, SourceCoverage, Verdict, Waiver } from '../report-schema.ts';
import { coverageWords, waiverWords } from '../verdict.ts';

/** A sign that reads without colour, and the word. */
interface Mark {
  readonly sign: string;
  readonly word: string;
}

export const DECISION_MARKS: Readonly<Record<Verdict['decision'], Mark>> = {
  go: { sign: '✓', word: 'go' },
  no_go: { sign: '✗', word: 'no-go' },
  unknown: { sign: '?', word: 'unknown' },
};

export const OUTCOME_MARKS: Readonly<Record<CriterionResult['outcome'], Mark>> = {
  pass: { sign: '✓', word: 'pass' },
  fail: { sign: '✗', word: 'fail' },
  unknown: { sign: '?', word: 'unknown' },
  not_applicable: { sign: '–', word: 'not judged' },
  waived: { sign: '○', word: 'waived' },
};

/** What a finding is to its criterion: a waived one is in nobody's way. */
export type Standing = Finding['effect'] | 'waived';

export const standingOf = ({ effect, waived_by }: Pick<Finding, 'effect' | 'waived_by'>): Standing =>
  waived_by === null ? effect : 'waived';

export const STANDING_MARKS: Readonly<Record<Standing, Mark>> = {
  fails: { sign: '✗', word: 'in the way' },
  unknown: { sign: '?', word: 'unknown' },
  informs: { sign: '·', word: 'worth knowing' },
  waived: { sign: '○', word: 'waived' },
};

export const WAIVER_WORDS: Readonly<Record<Waiver['state'], string>> = {
  active: 'in force',
  expired: 'expired',
  outdated: 'for an older base',
  unauthorised: 'not authorised',
  unused: 'not needed',
};

/** What was asked for and could not be read in full. */
export const unreadSources = ({ coverage }: Pick<ReadinessReport, 'coverage'>): readonly SourceCoverage[] =>
  coverage.filter(({ state }) => state !== 'ok' && state !== 'not_needed');

/** What else the verdict rests on: what the lists of waivers and of unread sources say is left out. */
export function otherConditions({ verdict, waivers, criteria, coverage }: ReadinessReport): readonly string[] {
  const told = new Set([...coverage.map(coverageWords), ...waivers.map((waiver) => waiverWords(waiver, criteria))]);
  return verdict.conditions.filter((condition) => !told.has(condition));
}

/** What nothing asks for, by its title. */
export const unjudgedTitles = ({
  criteria,
  verdict,
}: Pick<ReadinessReport, 'criteria' | 'verdict'>): readonly string[] =>
  verdict.not_judged.map((name) => criteria.find(({ id }) => id === name)?.title ?? inWords(name));

/** `1 task`, `2 tasks`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** `Harbor 3.1: 34 tasks, 40 pull requests; main at 1a2b3c4`. */
export function scopeWords({ scope }: Pick<ReadinessReport, 'scope'>): string {
  const base = scope.base_sha === null ? scope.base_branch : `${scope.base_branch} at ${scope.base_sha.slice(0, 7)}`;
  return `${scope.title}: ${counted(scope.tasks, 'task')}, ${counted(scope.pull_requests, 'pull request')}; ${base}`;
}

/** The name of an item for readers who know which repository is spoken of: `#12`, `1a2b3c4`. */
export function shortName(ref: string, near: RepositoryRef): string {
  const own = `${near.owner}/${near.repo}@`;
  return ref.toLowerCase().startsWith(own.toLowerCase()) ? ref.slice(own.length) : shortenRefs(ref, near);
}

/** Why something has to be done, with the item that it is done for: `#12: it is approved`. Of commits the reason says it. */
export const reasonOf = ({ item, why }: Pick<Finding, 'item' | 'why'>, near: RepositoryRef): string =>
  `${item === null || item.kind === 'commit' ? '' : `${shortName(item.ref, near)}: `}${shortenRefs(why, near)}`;

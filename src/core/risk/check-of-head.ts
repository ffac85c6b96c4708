import type { CheckConclusion } from '../change.ts';
import { neutralizeInline } from '../markdown.ts';
import { formatRef } from '../task/identity.ts';
import { NO_CONFLICT, renderRiskSummary } from './render-risk-summary.ts';
import { mergesFirst, type RiskOfPullRequest, type RiskVerdict, verdictOfRisk } from './risk-of-pull-request.ts';

/** What the check run of a head commit says. */
export interface CheckOfHead {
  readonly conclusion: CheckConclusion;
  /** One line, plain text. */
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
  /** There is a conflict, or a likely one: what somebody is to know before they ask. */
  readonly isNews: boolean;
}

/**
 * What the one check run of a commit says of all open pull requests whose head it is: GitHub has it on each of them. Of
 * several it is the worst, and names them all. Those that are left out pass no judgement where another is judged, or a draft
 * would hold up who is no draft. `risks` holds one at least, of one repository.
 */
export function checkOfHead(risks: readonly RiskOfPullRequest[], mode: 'comment' | 'enforce'): CheckOfHead {
  const judged = risks.filter(({ leftOut }) => leftOut === undefined);
  const told = (judged.length > 0 ? judged : risks).map(tell).toSorted(worstFirst);
  const silent =
    judged.length > 0
      ? risks
          .filter((risk) => !judged.includes(risk))
          .map(tell)
          .toSorted(worstFirst)
      : [];
  const [worst] = told;
  if (worst === undefined) throw new TypeError('a check run is of one pull request at least');
  const conclusion = mode === 'enforce' ? worst.enforced : 'neutral';
  const isNews = told.some(({ verdict }) => verdict === 'conflict' || verdict === 'likely');
  const { title, summary } = worst;
  if (risks.length === 1) return { conclusion, isNews, title, summary };
  return { conclusion, isNews, title: titleOf(told), summary: summaryOf([...told, ...silent]) };
}

interface Told {
  readonly risk: RiskOfPullRequest;
  readonly verdict: RiskVerdict;
  readonly enforced: CheckConclusion;
  readonly title: string;
  readonly summary: string;
}

function tell(risk: RiskOfPullRequest): Told {
  const verdict = verdictOfRisk(risk);
  return {
    risk,
    verdict,
    enforced: mergesFirst(risk) ? 'neutral' : ENFORCED[verdict],
    ...renderRiskSummary(risk, verdict),
  };
}

const ENFORCED: Readonly<Record<RiskVerdict, CheckConclusion>> = {
  conflict: 'failure',
  likely: 'action_required',
  unknown: 'action_required',
  clear: 'success',
};

const CONCLUSIONS: readonly CheckConclusion[] = ['failure', 'action_required', 'neutral', 'success'];
const VERDICTS: readonly RiskVerdict[] = ['conflict', 'likely', 'unknown', 'clear'];

const worstFirst = (one: Told, other: Told): number =>
  CONCLUSIONS.indexOf(one.enforced) - CONCLUSIONS.indexOf(other.enforced) ||
  VERDICTS.indexOf(one.verdict) - VERDICTS.indexOf(other.verdict) ||
  one.risk.pullRequest.number - other.risk.pullRequest.number;

const refOf = ({ risk: { pullRequest } }: Told): string => formatRef(pullRequest, pullRequest);

/** A title is a line: so many different ones, the rest is counted. */
const MOST_TITLES = 3;
const MOST_NAMES = 5;

/** Each once, with those that it is of; where none conflicts, as of one alone. */
function titleOf(told: readonly Told[]): string {
  if (told.every(({ title }) => title === NO_CONFLICT)) return NO_CONFLICT;
  const titles = [...new Set(told.map(({ title }) => title))];
  const shown = titles.slice(0, MOST_TITLES).map((title) => {
    const names = told.filter((one) => one.title === title).map(refOf);
    const left = names.length - MOST_NAMES;
    return `${names.slice(0, MOST_NAMES).join(', ')}${left > 0 ? ` and ${left} more` : ''}: ${title}`;
  });
  const left = titles.length - shown.length;
  return `${shown.join('; ')}${left > 0 ? `; and ${left} more` : ''}`;
}

/** GitHub takes some 60,000 bytes; beyond half of that as characters, pull requests are told by their titles, and then counted. */
const MOST_CHARACTERS = 20_000;
const MOST_SECTIONS = 20;

function summaryOf(told: readonly Told[]): string {
  const names = told.toSorted((one, other) => one.risk.pullRequest.number - other.risk.pullRequest.number).map(refOf);
  const words = `${list(names)} have the same head commit, and a commit has one check of this name: it tells the worst of them.`;
  let length = 0;
  const sections = told.slice(0, MOST_SECTIONS).map((one, index) => {
    const into = `<code>${neutralizeInline(one.risk.base, 120)}</code>`;
    const heading = `### ${refOf(one)} into ${into}: ${neutralizeInline(one.title)}\n`;
    length += one.summary.length;
    return index > 0 && length > MOST_CHARACTERS ? heading : `${heading}\n${one.summary}`;
  });
  return [`${words}\n`, ...sections].join('\n');
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, MOST_SECTIONS);
  const left = names.length - shown.length;
  return left > 0
    ? `${shown.join(', ')} and ${left} more`
    : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}

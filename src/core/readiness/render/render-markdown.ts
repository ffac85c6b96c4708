import { inWords } from '../../in-words.ts';
import { neutralizeInHtml, neutralizeInline, renderLink } from '../../markdown.ts';
import { READINESS_MARKER } from '../../marker.ts';
import type { RepositoryRef } from '../../task/identity.ts';
import { byteLength, fitLines } from '../../umbrella/fit-lines.ts';
import { renderInstant } from '../../umbrella/render-times.ts';
import type { CriterionResult, Finding, ReadinessReport, SourceCoverage, Waiver } from '../report-schema.ts';
import { coverageWords } from '../verdict.ts';
import { type FixStep, fixSteps } from './fix-steps.ts';
import { type FindingGroup, groupFindings, isInTheWay, standingWords } from './group-findings.ts';
import { markdownChain } from './markdown-chain.ts';
import { markdownDiff } from './markdown-diff.ts';
import { markdownFigures, markdownProgress } from './markdown-figures.ts';
import { inert, markdownAction, markdownFinding } from './markdown-finding.ts';
import {
  counted,
  DECISION_MARKS,
  OUTCOME_MARKS,
  otherConditions,
  reasonOf,
  scopeWords,
  unjudgedTitles,
  unreadSources,
  WAIVER_WORDS,
} from './report-words.ts';

/** GitHub refuses comments over 65,536 characters; bytes are the safer measure. */
const MAX_BYTES = 60_000;

/** Bytes that all of it and each part may take at most; the findings get what the others leave. */
interface Room {
  readonly all: number;
  readonly diff: number;
  readonly fix: number;
  readonly conditions: number;
  readonly waivers: number;
  readonly coverage: number;
}

const ROOM: Room = { all: MAX_BYTES, diff: 4_000, fix: 6_000, conditions: 3_000, waivers: 5_000, coverage: 3_000 };

const UNLIMITED: Room = {
  all: Number.POSITIVE_INFINITY,
  diff: Number.POSITIVE_INFINITY,
  fix: Number.POSITIVE_INFINITY,
  conditions: Number.POSITIVE_INFINITY,
  waivers: Number.POSITIVE_INFINITY,
  coverage: Number.POSITIVE_INFINITY,
};

const MAX_STEPS = 10;

/**
 * The report as GitHub-flavoured Markdown of at most 60,000 bytes, which starts with its marker: verdict and headline, what
 * changed, what makes it `go`, the criteria, then everything behind them. It is the comment, the summary and the pinned
 * report alike. What does not fit is counted ("12 more"), never cut in the middle; whatever people wrote is neutralised,
 * so that it pings nobody and closes nothing; ages and times are the only words that change by themselves.
 */
export const renderReadinessMarkdown = (report: ReadinessReport): string => renderWithin(report, ROOM);

/** The same however long it is, for a file: every finding, every waiver and every change that the report holds. */
export const renderWholeReadiness = (report: ReadinessReport): string => renderWithin(report, UNLIMITED);

function renderWithin(report: ReadinessReport, limits: Room): string {
  const near = repositoryOf(report);
  const before = [
    ...headline(report, near),
    ...markdownDiff(report, near, limits.diff),
    ...fixPart(report, near, limits),
    ...criteriaPart(report, near),
  ];
  const after = [
    ...figuresPart(report, near),
    ...waiversPart(report, near, limits),
    ...conditionsPart(report, near, limits),
    ...coveragePart(report, near, limits),
    ...footer(report),
  ];
  const room = limits.all - byteLength([...before, ...after].join('\n')) - 100;
  return [...before, ...findingsPart(report, near, room), ...after].join('\n');
}

function repositoryOf({ repository }: ReadinessReport): RepositoryRef {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
}

function headline(report: ReadinessReport, near: RepositoryRef): readonly string[] {
  const { verdict, metrics } = report;
  const hidden = metrics.private_items;
  return [
    READINESS_MARKER,
    `### ${DECISION_MARKS[verdict.decision].sign} ${inert(verdict.headline, near, 300)}`,
    '',
    `${inert(scopeWords(report), near, 300)}${boundWords(report, near)}`,
    '',
    ...(hidden === 0 ? [] : [`${counted(hidden, 'private item')} counted, not shown.`, '']),
    ...markdownProgress(report),
  ];
}

/** A verdict is about one commit, and ends. */
function boundWords({ scope, verdict }: ReadinessReport, near: RepositoryRef): string {
  const { expires_at: until } = verdict;
  return until === null
    ? ''
    : `; holds until ${renderInstant(until)}, or until ${inert(scope.base_branch, near, 100)} moves`;
}

/** What to do, who does it, and how: each once, however many findings it mends. */
function fixPart(report: ReadinessReport, near: RepositoryRef, { fix }: Room): readonly string[] {
  const steps = fixSteps(report);
  if (steps.length === 0) return [];
  const render = ({ finding, mends }: FixStep): string => {
    const more = mends === 1 ? '' : ` · mends ${mends} findings`;
    return `- [ ] ${markdownAction(finding, near)}: ${neutralizeInline(reasonOf(finding, near), 160)}${more}`;
  };
  const more = (count: number): string => `- … and ${count} more below`;
  const lines = fitLines(steps, render, { maxBytes: fix, maxLines: MAX_STEPS, more });
  return ['#### What makes it go', '', ...lines, ''];
}

function criteriaPart({ criteria }: ReadinessReport, near: RepositoryRef): readonly string[] {
  const row = ({ title, weight, outcome, measured, threshold, reason }: CriterionResult): string => {
    const { sign, word } = OUTCOME_MARKS[outcome];
    const name = isInTheWay({ weight, outcome }) ? `**${title}**` : title;
    const cells = [measured?.text ?? '', threshold ?? '', reason].map((text) => inert(text, near, 200));
    return `| ${name} | ${sign} ${word} | ${weight === 'blocking' ? 'blocks' : 'informs'} | ${cells.join(' | ')} |`;
  };
  return [
    '| Criterion | Outcome | Weight | Measured | Passes when | Why |',
    '| --- | --- | --- | --- | --- | --- |',
    ...criteria.map(row),
    '',
  ];
}

/** One fold per criterion; those in the way stand open. What one leaves of its share goes to those after it. */
function findingsPart(report: ReadinessReport, near: RepositoryRef, room: number): readonly string[] {
  const groups = groupFindings(report);
  const lines: string[] = [];
  let left = room;
  for (const [index, group] of groups.entries()) {
    const part = groupPart(group, near, Math.floor(left / (groups.length - index)));
    left -= byteLength(part.join('\n')) + 1;
    lines.push(...part);
  }
  return lines;
}

function groupPart(group: FindingGroup, near: RepositoryRef, maxBytes: number): readonly string[] {
  const { criterion, findings } = group;
  const summary = `${neutralizeInHtml(criterion.title, 60)}: ${standingWords(group)}`;
  return details(
    {
      summary,
      items: findings,
      render: (finding: Finding) => markdownFinding(finding, near),
      isOpen: isInTheWay(criterion),
    },
    maxBytes,
  );
}

function figuresPart(report: ReadinessReport, near: RepositoryRef): readonly string[] {
  const chain = markdownChain(report, near);
  const figures = markdownFigures(report);
  return [
    ...(chain.length === 0 ? [] : ['#### Longest chain', '', 'Each task waits for the one before it.', '', ...chain]),
    ...(figures.length === 0 ? [] : ['#### Figures', '', ...figures]),
  ];
}

function waiversPart({ waivers, criteria }: ReadinessReport, near: RepositoryRef, room: Room): readonly string[] {
  const titles = new Map(criteria.map(({ id, title }) => [id, title]));
  const render = ({ by, reason, item, criterion, until, url, state, why }: Waiver): string => {
    const what = [item, criterion === null ? null : (titles.get(criterion) ?? inWords(criterion))].flatMap(
      (one) => one ?? [],
    );
    const name = inert(what.join(', ') || 'nothing in particular', near, 160);
    const words = `${WAIVER_WORDS[state]}: ${url === null ? name : renderLink(name, url)}`;
    const told = state === 'active' ? '' : ` (${inert(why, near, 160)})`;
    return `- ${words} by ${neutralizeInline(by, 60)} until ${renderInstant(until)}: ${inert(reason, near, 200)}${told}`;
  };
  return details({ summary: `Waivers: ${waivers.length}`, items: waivers, render, isOpen: true }, room.waivers);
}

function conditionsPart(report: ReadinessReport, near: RepositoryRef, room: Room): readonly string[] {
  const render = (condition: string): string => `- ${inert(condition, near, 300)}`;
  const items = otherConditions(report);
  return details({ summary: `Rests on: ${items.length}`, items, render, isOpen: true }, room.conditions);
}

function coveragePart(report: ReadinessReport, near: RepositoryRef, room: Room): readonly string[] {
  const render = (source: SourceCoverage): string => `- ${inert(coverageWords(source), near, 300)}`;
  const items = unreadSources(report);
  return details({ summary: `Could not be read in full: ${items.length}`, items, render, isOpen: true }, room.coverage);
}

interface DetailsPart<T> {
  readonly summary: string;
  readonly items: readonly T[];
  readonly render: (item: T) => string;
  readonly isOpen?: boolean;
}

/** A fold; nothing when it has no items. */
function details<T>({ summary, items, render, isOpen = false }: DetailsPart<T>, maxBytes: number): readonly string[] {
  if (items.length === 0) return [];
  const open = [isOpen ? '<details open>' : '<details>', `<summary>${summary}</summary>`, ''];
  const close = ['', '</details>', ''];
  const room = maxBytes - byteLength([...open, ...close].join('\n')) - 2;
  const more = (count: number): string => `- … ${count} more`;
  return [...open, ...fitLines(items, render, { maxBytes: room, more }), ...close];
}

function footer(report: ReadinessReport): readonly string[] {
  const { truncation, generated_at: at, policy, schema } = report;
  const unjudged = unjudgedTitles(report);
  const cut = truncation.map(({ list, shown, total }) => `${shown} of ${total} ${neutralizeInline(list, 60)}`);
  return [
    ...(unjudged.length === 0 ? [] : [`Not judged, because nothing asks for it: ${unjudged.join(', ')}.`, '']),
    ...(cut.length === 0 ? [] : [`The report holds ${cut.join(', ')}; its figures count all.`, '']),
    `<sub>As of ${renderInstant(at)}. Policy: ${neutralizeInline(policy.source, 120)} (${neutralizeInline(policy.hash, 20)}); ${schema}.</sub>`,
    '',
  ];
}

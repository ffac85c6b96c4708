import { visibleLine } from '../../core/markdown.ts';
import { progressBar } from '../../core/progress-bar.ts';
import { durationWords } from '../../core/readiness/render/duration-words.ts';
import { type FixStep, fixSteps } from '../../core/readiness/render/fix-steps.ts';
import { type FindingGroup, groupFindings, standingWords } from '../../core/readiness/render/group-findings.ts';
import { instantWords } from '../../core/readiness/render/instant-words.ts';
import {
  counted,
  DECISION_MARKS,
  OUTCOME_MARKS,
  otherConditions,
  reasonOf,
  STANDING_MARKS,
  scopeWords,
  shortName,
  standingOf,
  unreadSources,
  WAIVER_WORDS,
} from '../../core/readiness/render/report-words.ts';
import type { CriterionResult, Finding, ReadinessReport, Verdict } from '../../core/readiness/report-schema.ts';
import { coverageWords } from '../../core/readiness/verdict.ts';
import type { RepositoryRef } from '../../core/task/identity.ts';
import { nearText } from './near-text.ts';
import { type Column, printTable } from './print-table.ts';
import { changeLines } from './readiness-changes.ts';
import type { Colors, View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

const MOST_STEPS = 5;
const MOST_FINDINGS = 25;

/** The report for a terminal: verdict, what changed, what makes it `go`, each criterion, the findings, what was not read. */
export function renderReadiness(report: ReadinessReport, view: View): string {
  const near = repositoryOfReport(report);
  const prose = (lines: readonly string[]): readonly string[] => wrapLines(lines, view.width);
  const parts = [
    prose(headline(report, view)),
    prose(changeLines(report, { near, colors: view.colors })),
    prose(fixLines(report, near, view)),
    [printTable(criterionColumns(near, view.colors), report.criteria, view)],
    ...findingParts(report, near, view),
    prose(waiverLines(report, near, view)),
    prose(closingLines(report, near, view)),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

export function repositoryOfReport({ repository }: ReadinessReport): RepositoryRef {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
}

/** `✗ No-go: Completion (2), Base CI (1)`. */
export function verdictLine(report: ReadinessReport, { colors }: Pick<View, 'colors'>): string {
  const { decision, headline: words } = report.verdict;
  const text = `${DECISION_MARKS[decision].sign} ${nearText(words, repositoryOfReport(report))}`;
  return colors.bold(paint(colors, decision)(text));
}

function headline(report: ReadinessReport, view: View): readonly string[] {
  const { colors } = view;
  const { metrics } = report;
  const { num, den } = metrics.complete;
  const percent = den === 0 ? null : Math.floor((100 * num) / den);
  const bar = `${colors.green(progressBar(percent, 24))}  ${percent} %, ${num} of ${den} tasks complete`;
  const hidden = metrics.private_items;
  return [
    verdictLine(report, view),
    visibleLine(scopeWords(report)),
    ...(hidden === 0 ? [] : [`${counted(hidden, 'private item')} counted, not shown`]),
    ...(percent === null ? [] : [bar]),
  ];
}

function paint(colors: Colors, decision: Verdict['decision']): (text: string) => string {
  return { go: colors.green, no_go: colors.red, unknown: colors.yellow }[decision];
}

function fixLines(report: ReadinessReport, near: RepositoryRef, { colors }: View): readonly string[] {
  const steps = fixSteps(report);
  if (steps.length === 0) return [];
  const lines = steps.slice(0, MOST_STEPS).flatMap(({ finding, mends }: FixStep, index) => {
    const { action, actor } = finding;
    const more = mends === 1 ? '' : ` (mends ${mends} findings)`;
    const what = `${colors.bold(nearText(action.text, near))} (${nearText(actor.name, near)})`;
    return [
      `  ${index + 1}. ${what}: ${visibleLine(reasonOf(finding, near))}${more}`,
      ...(action.command === null ? [] : [colors.dim(`     ${visibleLine(action.command)}`)]),
    ];
  });
  const rest = steps.length - MOST_STEPS;
  return [
    colors.bold('What makes it go'),
    ...lines,
    ...(rest > 0 ? [colors.dim(`  and ${rest} more (--json lists all)`)] : []),
  ];
}

const criterionColumns = (near: RepositoryRef, colors: Colors): readonly Column<CriterionResult>[] => [
  { title: 'Criterion', cell: ({ title }) => title, isHeading: true },
  { title: 'Outcome', cell: (one) => outcomeText(one, colors) },
  { title: 'Weight', cell: ({ weight }) => (weight === 'blocking' ? 'blocks' : 'informs') },
  { title: 'Measured', cell: ({ measured }) => nearText(measured?.text ?? '', near), canShrink: true },
  { title: 'Why', cell: ({ reason }) => nearText(reason, near), canShrink: true },
];

function outcomeText({ outcome, weight }: CriterionResult, colors: Colors): string {
  const { sign, word } = OUTCOME_MARKS[outcome];
  const text = `${sign} ${word}`;
  if (outcome === 'pass') return colors.green(text);
  if (outcome === 'fail') return weight === 'blocking' ? colors.red(text) : colors.yellow(text);
  return outcome === 'unknown' ? colors.yellow(text) : colors.dim(text);
}

/** One table per criterion, those in the way first. */
function findingParts(report: ReadinessReport, near: RepositoryRef, view: View): readonly (readonly string[])[] {
  const { colors } = view;
  const parts: (readonly string[])[] = [];
  let left = MOST_FINDINGS;
  for (const group of groupFindings(report)) {
    const shown = group.findings.slice(0, left);
    if (shown.length === 0) break;
    left -= shown.length;
    const title = `${colors.bold(group.criterion.title)}  ${standingWords(group)}`;
    parts.push([title, printTable(findingColumns(group, near, colors), shown, view)]);
  }
  const rest = report.findings.length - (MOST_FINDINGS - left);
  return rest > 0 ? [...parts, [colors.dim(`and ${counted(rest, 'more finding')} (--json lists all)`)]] : parts;
}

const findingColumns = (
  { criterion }: FindingGroup,
  near: RepositoryRef,
  colors: Colors,
): readonly Column<Finding>[] => [
  { title: '', cell: (finding) => signText(finding, criterion, colors), isHeading: true },
  {
    title: 'Item',
    cell: ({ item }) => visibleLine(item === null ? 'scope' : shortName(item.ref, near)),
    isHeading: true,
  },
  { title: 'Title', cell: ({ item }) => visibleLine(item?.title ?? ''), canShrink: true, isHeading: true },
  { title: 'Why', cell: ({ why }) => nearText(why, near), canShrink: true },
  { title: 'Since', cell: ageCell, canShrink: true },
  { title: 'Next', cell: ({ action }) => nearText(action.text, near), canShrink: true },
  { title: 'Who', cell: ({ actor }) => nearText(actor.name, near), canShrink: true },
  { title: 'Unblocks', cell: ({ unblocks }) => (unblocks.length === 0 ? '' : `${unblocks.length}`), align: 'right' },
];

function signText(finding: Finding, { weight }: CriterionResult, colors: Colors): string {
  const standing = standingOf(finding);
  const { sign } = STANDING_MARKS[standing];
  if (standing === 'fails') return weight === 'blocking' ? colors.red(sign) : colors.yellow(sign);
  return standing === 'unknown' ? colors.yellow(sign) : colors.dim(sign);
}

function ageCell({ age_seconds: age, excused_seconds: excused }: Finding): string {
  if (age === null) return '';
  return excused === 0 ? durationWords(age) : `${durationWords(age)}, ${durationWords(excused)} excused`;
}

function waiverLines({ waivers }: ReadinessReport, near: RepositoryRef, { colors }: View): readonly string[] {
  if (waivers.length === 0) return [];
  const lines = waivers.map(({ by, reason, item, criterion, until, state, why }) => {
    const what = [item, criterion?.replaceAll('_', ' ')].flatMap((one) => one ?? []).join(', ');
    const told = state === 'active' ? '' : ` (${nearText(why, near)})`;
    return `  ${WAIVER_WORDS[state]}: ${nearText(what, near)} by ${visibleLine(by)} until ${instantWords(until)}: ${nearText(reason, near)}${told}`;
  });
  return [colors.bold('Waivers'), ...lines];
}

function closingLines(report: ReadinessReport, near: RepositoryRef, { colors }: View): readonly string[] {
  const { verdict, truncation } = report;
  const unread = unreadSources(report).map((source) => colors.yellow(nearText(coverageWords(source), near)));
  // The table lists the criteria among them.
  const unjudged = verdict.not_judged.filter((name) => !report.criteria.some(({ id }) => id === name));
  return [
    ...otherConditions(report).map((condition) => nearText(condition, near)),
    ...unread,
    ...truncation.map(({ list, shown, total }) =>
      colors.dim(`${visibleLine(list)}: ${shown} of ${total} are in the report`),
    ),
    ...(unjudged.length === 0 ? [] : [colors.dim(`not judged, because nothing asks for it: ${unjudged.join(', ')}`)]),
    ...(verdict.expires_at === null ? [] : [colors.dim(`holds until ${instantWords(verdict.expires_at)}`)]),
  ];
}

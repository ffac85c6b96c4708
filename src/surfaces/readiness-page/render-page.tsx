import { raw } from 'hono/html';
import { inWords } from '../../core/in-words.ts';
import { visibleLine } from '../../core/markdown.ts';
import { fixSteps } from '../../core/readiness/render/fix-steps.ts';
import { groupFindings } from '../../core/readiness/render/group-findings.ts';
import { instantWords } from '../../core/readiness/render/instant-words.ts';
import {
  counted,
  DECISION_MARKS,
  otherConditions,
  reasonOf,
  unjudgedTitles,
  unreadSources,
  WAIVER_WORDS,
} from '../../core/readiness/render/report-words.ts';
import type { ReadinessReport } from '../../core/readiness/report-schema.ts';
import { coverageWords } from '../../core/readiness/verdict.ts';
import type { RepositoryRef } from '../../core/task/identity.ts';
import { nearText } from '../cli/near-text.ts';
import { Charts } from './charts.tsx';
import { CriteriaTable } from './criteria-table.tsx';
import { DiffPart } from './diff-part.tsx';
import { ActionLine, FindingFold } from './finding-list.tsx';
import { ItemTable } from './item-table.tsx';
import { PAGE_STYLE } from './page-style.ts';

/**
 * The report as one page that needs nothing else: no script, no font, no picture from anywhere. Whatever people wrote stands
 * in it as text. Same report, same bytes.
 */
export function renderReadinessPage(report: ReadinessReport): string {
  const [owner = '', repo = ''] = report.repository.split('/');
  return `<!doctype html>${<Page report={report} near={{ owner, repo }} />}\n`;
}

interface PartProps {
  readonly report: ReadinessReport;
  readonly near: RepositoryRef;
}

function Page({ report, near }: PartProps) {
  const { scope, verdict } = report;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="content-security-policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <title>{`${DECISION_MARKS[verdict.decision].word}: ${visibleLine(scope.title)}`}</title>
        <link rel="icon" href="data:," />
        <style>{raw(PAGE_STYLE)}</style>
      </head>
      <body>
        <Head report={report} near={near} />
        <main>
          <DiffPart report={report} near={near} />
          <Steps report={report} near={near} />
          <section aria-labelledby="criteria">
            <h2 id="criteria">Criteria</h2>
            <CriteriaTable criteria={report.criteria} near={near} />
          </section>
          <Charts report={report} near={near} />
          <Findings report={report} near={near} />
          <Waivers report={report} near={near} />
          <Coverage report={report} near={near} />
        </main>
        <Foot report={report} />
      </body>
    </html>
  );
}

function Head({ report, near }: PartProps) {
  const { scope, verdict, metrics, repository } = report;
  const { sign } = DECISION_MARKS[verdict.decision];
  const sha = scope.base_sha === null ? 'unknown commit' : scope.base_sha.slice(0, 7);
  const facts = [
    ['Base', `${visibleLine(scope.base_branch)} at ${sha}`],
    ['Tasks', `${scope.tasks}`],
    ['Pull requests', `${scope.pull_requests}`],
    ...(metrics.private_items === 0 ? [] : [['Private, counted only', `${metrics.private_items}`]]),
    ['As of', instantWords(report.generated_at)],
    ...(verdict.expires_at === null ? [] : [['Holds until', instantWords(verdict.expires_at)]]),
  ];
  return (
    <header>
      <p class="eyebrow">
        Readiness of {visibleLine(repository)} · {visibleLine(scope.selector)}
      </p>
      <h1>{visibleLine(scope.title)}</h1>
      <p class={`verdict ${verdict.decision}`}>
        <span class="sign" aria-hidden="true">
          {sign}
        </span>
        <strong>{nearText(verdict.headline, near)}</strong>
      </p>
      <Progress report={report} />
      <dl class="meta">
        {facts.map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

function Progress({ report }: Pick<PartProps, 'report'>) {
  const { num, den } = report.metrics.complete;
  if (den === 0) return null;
  const percent = Math.floor((100 * num) / den);
  const states = Object.entries(report.metrics.states).flatMap(([state, count]) =>
    count === 0 ? [] : [`${count} ${inWords(state)}`],
  );
  return (
    <>
      <div
        class="progress"
        role="progressbar"
        aria-label="tasks complete"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <span style={`width: ${percent}%`}></span>
      </div>
      <p>{`${percent} %, ${num} of ${den} tasks complete: ${states.join(', ')}`}</p>
    </>
  );
}

const MAX_STEPS = 15;

function Steps({ report, near }: PartProps) {
  const steps = fixSteps(report);
  if (steps.length === 0) return null;
  const rest = steps.length - MAX_STEPS;
  return (
    <section aria-labelledby="fix">
      <h2 id="fix">What makes it go</h2>
      <ol class="steps">
        {steps.slice(0, MAX_STEPS).map(({ finding, mends }) => (
          <li>
            <ActionLine finding={finding} near={near} />
            <p class="facts">{`${visibleLine(reasonOf(finding, near))}${mends === 1 ? '' : ` · mends ${mends} findings`}`}</p>
          </li>
        ))}
      </ol>
      {rest > 0 && <p class="soft">and {rest} more below</p>}
    </section>
  );
}

function Findings({ report, near }: PartProps) {
  const { items } = report;
  const groups = groupFindings(report);
  if (groups.length === 0 && items.length === 0) return null;
  return (
    <section aria-labelledby="findings">
      <h2 id="findings">Findings</h2>
      {groups.length === 0 && <p class="soft">Nothing was found.</p>}
      {groups.map((group) => (
        <FindingFold group={group} near={near} />
      ))}
      {items.length > 0 && <ItemTable items={items} near={near} />}
    </section>
  );
}

function Waivers({ report: { waivers, criteria }, near }: PartProps) {
  if (waivers.length === 0) return null;
  const titles = new Map(criteria.map(({ id, title }) => [id, title]));
  return (
    <section aria-labelledby="waivers">
      <h2 id="waivers">Waivers</h2>
      <ul class="plain">
        {waivers.map(({ item, criterion, state, by, until, reason, why }) => (
          <li>
            <strong>{WAIVER_WORDS[state]}</strong>:{' '}
            {[item, criterion === null ? null : titles.get(criterion)]
              .flatMap((one) => (one == null ? [] : [nearText(one, near)]))
              .join(', ')}{' '}
            by {visibleLine(by)} until {instantWords(until)}: {nearText(reason, near)}
            {state !== 'active' && <span class="soft"> ({nearText(why, near)})</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Coverage({ report, near }: PartProps) {
  const { truncation } = report;
  const unread = unreadSources(report);
  const unjudged = unjudgedTitles(report);
  const lines = [
    ...unread.map((source) => nearText(coverageWords(source), near)),
    ...(unjudged.length === 0 ? [] : [`Not judged, because nothing asks for it: ${unjudged.join(', ')}`]),
    ...truncation.map(
      ({ list, shown, total }) => `${shown} of ${counted(total, 'entry', 'entries')} of ${visibleLine(list)}`,
    ),
  ];
  const conditions = otherConditions(report).map((condition) => nearText(condition, near));
  if (lines.length + conditions.length === 0) return null;
  return (
    <section aria-labelledby="coverage">
      <h2 id="coverage">What this rests on</h2>
      <ul class="plain">
        {[...conditions, ...lines].map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </section>
  );
}

function Foot({ report }: Pick<PartProps, 'report'>) {
  const { policy, schema } = report;
  return (
    <footer>{`Policy: ${visibleLine(policy.source)} (${visibleLine(policy.hash)}); ${schema}, by Parasol.`}</footer>
  );
}

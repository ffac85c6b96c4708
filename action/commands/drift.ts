/**
 * Tells where an umbrella's own text and its sub-issues have drifted apart. It changes nothing.
 *
 *     with: { command: drift, umbrella: '#12', fail-on: no_go }
 *
 * The decision is `go` where both say the same, `no_go` where they do not, `unknown` where nobody can say.
 */
import type * as z from 'zod';
import { neutralizeInline } from '../../src/core/markdown.ts';
import { buildMarker } from '../../src/core/marker.ts';
import { repositoryKey } from '../../src/core/task/identity.ts';
import { parseRepository } from '../../src/operations/repository-input.ts';
import { umbrellaDrift } from '../../src/operations/umbrella-drift.ts';
import type { ActionCommand, ActionJob, ActionReport, ReportedFinding } from '../action-command.ts';
import { renderGaps } from '../render-gaps.ts';
import { umbrellaOfJob } from '../umbrella-of-job.ts';

export const drift: ActionCommand = { isJudge: true, run: reportDrift };

type Drift = z.output<typeof umbrellaDrift.output>;
type Finding = Drift['findings'][number];

const DECISIONS = { in_step: 'go', drifted: 'no_go', unknown: 'unknown' } as const;

async function reportDrift(job: ActionJob): Promise<ActionReport> {
  const found = await umbrellaDrift.run(job.context, { ref: umbrellaOfJob(job), fix: false });
  const { shown, hidden } = splitByReaders(found);
  const report = { ...found, findings: shown, elsewhere: hidden };
  const headline = headlineOf(found);
  return {
    decision: DECISIONS[found.verdict],
    headline,
    blockingCount: found.findings.length,
    markdown: renderDrift(report, headline),
    charts: [],
    files: [{ name: 'report.json', text: `${JSON.stringify(report, null, 2)}\n` }],
    findings: shown.map((finding) => findingOf(finding, found.umbrella)),
    outputs: {},
    comment: { kind: 'report', marker: buildMarker('drift', 1) },
  };
}

/** Who reads a run may not be able to see other repositories, even where this token can: those are counted alone. */
function splitByReaders({ umbrella, findings }: Drift): {
  readonly shown: readonly Finding[];
  readonly hidden: number;
} {
  const home = repositoryKey(parseRepository(umbrella.split('#')[0] ?? ''));
  const shown = findings.filter(({ ref }) => ref === null || repositoryKey(ref) === home);
  return { shown, hidden: findings.length - shown.length };
}

function headlineOf({ umbrella, verdict, findings }: Drift): string {
  if (verdict === 'in_step') return `${umbrella}: text and links say the same`;
  if (verdict === 'unknown') return `${umbrella}: nobody can say, because the sub-issues could not be read`;
  return `${umbrella}: text and links have drifted apart in ${findings.length === 1 ? 'one place' : `${findings.length} places`}`;
}

function renderDrift(
  { umbrella, findings, elsewhere, gaps }: Drift & { readonly elsewhere: number },
  headline: string,
): string {
  const rows = findings.map(
    ({ line, text, quote, fixable }) =>
      `| ${line ?? ''} | ${neutralizeInline(text)} | ${neutralizeInline(quote ?? '', 120)} | ${fixable ? 'yes' : 'a person decides'} |`,
  );
  return [
    `### ${neutralizeInline(headline)}`,
    '',
    ...(rows.length === 0 ? [] : ['| Line | What | Words | Can be fixed |', '| --: | --- | --- | --- |', ...rows, '']),
    ...(elsewhere === 0 ? [] : [`${elsewhere} more about tasks of other repositories.`, '']),
    ...(findings.some(({ fixable }) => fixable)
      ? [`\`parasol umbrella drift ${umbrella} --fix\` makes a plan of what can be fixed.`, '']
      : []),
    ...renderGaps(gaps),
  ].join('\n');
}

const findingOf = ({ text, line }: Finding, umbrella: string): ReportedFinding => ({
  level: 'warning',
  title: line === null ? umbrella : `${umbrella}, line ${line} of its text`,
  text,
});

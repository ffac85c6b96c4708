/**
 * Lists the links that a repository's history states in words and GitHub does not have yet. It makes none of them.
 *
 *     with: { command: backfill }
 */
import type * as z from 'zod';
import { neutralizeInline } from '../../src/core/markdown.ts';
import { buildMarker } from '../../src/core/marker.ts';
import { umbrellaBackfill } from '../../src/operations/umbrella-backfill.ts';
import type { ActionCommand, ActionJob, ActionReport, ReportedFinding } from '../action-command.ts';
import { renderPie } from '../charts.ts';
import { renderGaps } from '../render-gaps.ts';

export const backfill: ActionCommand = { isJudge: false, run: reportBackfill };

type Backfill = z.output<typeof umbrellaBackfill.output>;
type Proposal = Backfill['proposals'][number];

async function reportBackfill({ context }: ActionJob): Promise<ActionReport> {
  const found = await umbrellaBackfill.run(context, { suggest: false, save: false, review: false });
  const stated = found.proposals.filter(({ tier }) => tier === 'apply');
  const doubtful = found.proposals.filter(({ tier }) => tier === 'review');
  const links =
    stated.length === 1 ? '1 link that the texts state is' : `${stated.length} links that the texts state are`;
  const headline = `${found.repository}: ${links} missing on GitHub, ${doubtful.length} more are for a person to look at`;
  return {
    decision: null,
    headline,
    blockingCount: 0,
    markdown: renderBackfill(found, { headline, stated, doubtful }),
    charts: renderPie('Proposed links', [
      { name: 'stated', count: stated.length },
      { name: 'for a person', count: doubtful.length },
      { name: 'left alone', count: found.conflicts.length },
    ]),
    files: [{ name: 'report.json', text: `${JSON.stringify(found, null, 2)}\n` }],
    findings: stated.map(findingOf),
    outputs: {},
    comment: { kind: 'report', marker: buildMarker('backfill', 1) },
  };
}

interface Tiers {
  readonly headline: string;
  readonly stated: readonly Proposal[];
  readonly doubtful: readonly Proposal[];
}

function renderBackfill(found: Backfill, { headline, stated, doubtful }: Tiers): string {
  const conflicts = found.conflicts.map(({ text }) => `- ${neutralizeInline(text)}`);
  return [
    `### ${neutralizeInline(headline)}`,
    '',
    `${found.issues} issues read.`,
    '',
    ...table('Stated in the texts', stated),
    ...table('For a person to look at', doubtful),
    ...(conflicts.length === 0 ? [] : ['#### Left alone', '', ...conflicts, '']),
    ...renderGaps(found.gaps),
    `\`parasol umbrella backfill ${found.repository} --save\` keeps this as a plan.`,
    '',
  ].join('\n');
}

function table(title: string, proposals: readonly Proposal[]): readonly string[] {
  if (proposals.length === 0) return [];
  const rows = proposals.map(({ child, parent, relation, confidence, evidence }) => {
    const words = neutralizeInline(evidence[0]?.quote ?? '', 120);
    return `| ${neutralizeInline(child)} | ${wordsOf(relation)} | ${neutralizeInline(parent)} | ${confidence.toFixed(2)} | ${words} |`;
  });
  return [`#### ${title}`, '', '| Task | | Other | Sure | Words |', '| --- | --- | --- | --: | --- |', ...rows, ''];
}

const wordsOf = (relation: Proposal['relation']): string => (relation === 'parent' ? 'under' : 'blocked by');

const findingOf = ({ child, parent, relation, rule }: Proposal): ReportedFinding => ({
  level: 'notice',
  title: child,
  text: `The texts say that it is ${wordsOf(relation)} ${parent} (${rule.replaceAll('_', ' ')}); GitHub has no such link.`,
});

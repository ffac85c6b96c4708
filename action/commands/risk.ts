/**
 * Publishes which open pull requests conflict, and the order in which they are best merged. Nothing is merged.
 *
 *     with: { command: risk }
 *     with: { command: risk, base: release/2, clone: none }
 *
 * Pairs are merged on trial in a bare clone that the Action fetches for it; without one they are estimated from their
 * changed lines. What depends on a file is not counted here: the parsers are no part of the bundle.
 */
import { buildMarker } from '../../src/core/marker.ts';
import { markOf } from '../../src/core/risk/mark-of-finding.ts';
import type { PairRisk } from '../../src/core/risk/pair-risk.ts';
import { loadRisk } from '../../src/operations/load-risk.ts';
import { matrixReport } from '../../src/operations/risk-matrix.ts';
import { queueReport, type RiskQueueReport } from '../../src/operations/risk-queue.ts';
import type { ActionCommand, ActionJob, ActionReport, ReportedFinding } from '../action-command.ts';
import { conflictGraph, renderRisk } from '../render-risk.ts';

export const risk: ActionCommand = { isJudge: false, run: reportRisk };

const SCOPE = { drafts: false, dependencyBots: false, idle: false };

async function reportRisk({ context, inputs, workflow, cloneAtHand }: ActionJob): Promise<ActionReport> {
  const { owner, repo } = workflow.repository;
  const base = inputs.base ?? undefined;
  const clone = await cloneAtHand(base === undefined ? [] : [base]);
  const at = clone.known ? { clone: clone.value, isFetched: true as const } : {};
  const wish = { repository: `${owner}/${repo}`, base, scope: SCOPE, audience: 'umbrella_readers', ...at } as const;
  const facts = await loadRisk(context, wish);
  const queue = queueReport(facts, wish);
  const { svg, ...matrix } = matrixReport(facts, wish, true);
  const conflicts = matrix.pairs.filter(({ finding }) => ['conflict', 'likely'].includes(markOf(finding)));
  const headline = headlineOf(queue, conflicts);
  return {
    decision: null,
    headline,
    blockingCount: 0,
    markdown: renderRisk(queue, { headline, pairs: matrix.pairs }),
    charts: conflictGraph(conflicts),
    files: [
      { name: 'report.json', text: `${JSON.stringify(queue, null, 2)}\n` },
      { name: 'matrix.json', text: `${JSON.stringify(matrix, null, 2)}\n` },
      ...(svg === null ? [] : [{ name: 'matrix.svg' as const, text: svg }]),
    ],
    findings: findingsOf(conflicts, workflow.pullRequest),
    outputs: { 'conflict-count': String(conflicts.length) },
    comment: { kind: 'report', marker: buildMarker('risk-queue', 1) },
  };
}

function headlineOf({ places, base, leftOut, unknown }: RiskQueueReport, conflicts: readonly PairRisk[]): string {
  const verified = conflicts.filter(({ finding }) => finding.basis === 'verified').length;
  const counted = `${places.length} open ${places.length === 1 ? 'pull request' : 'pull requests'} into ${base.name}`;
  if (places.length === 0 && leftOut.length > 0)
    return `${counted}: all ${leftOut.length} that there are were left out`;
  const pairs = `${unknown.length} ${unknown.length === 1 ? 'pair' : 'pairs'}`;
  const unsure = unknown.length === 0 ? '' : `, but ${pairs} may: nobody knows`;
  if (conflicts.length === 0) return `${counted}: no two of them are known to conflict${unsure}`;
  const likely = conflicts.length - verified;
  return `${counted}: ${verified} verified ${verified === 1 ? 'conflict' : 'conflicts'}, ${likely} likely`;
}

/** Conflicts of the pull request that the event is about come first; a conflict stands at its first file. */
function findingsOf(conflicts: readonly PairRisk[], about: number | null): readonly ReportedFinding[] {
  const isOwn = ({ a, b }: PairRisk): boolean => about !== null && [a, b].includes(`#${about}`);
  const sorted = [...conflicts.filter(isOwn), ...conflicts.filter((pair) => !isOwn(pair))];
  return sorted.map(({ a, b, finding }) => {
    if (finding.basis === 'estimated') {
      const words = finding.factors.map(({ what }) => what).join('; ');
      const chance = `${Math.round(finding.probability * 100)} %`;
      return { level: 'notice', title: `${a} and ${b} may conflict`, text: `Estimated, ${chance}: ${words}` };
    }
    const paths = 'files' in finding ? finding.files.map(({ path }) => path) : [];
    const [file] = paths;
    return {
      level: 'warning',
      title: `${a} and ${b} conflict`,
      text: `Verified by a trial merge, in ${paths.join(', ')}`,
      ...(file === undefined ? {} : { file }),
    };
  });
}

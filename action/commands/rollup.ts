/**
 * Publishes an umbrella's rollup; `comment: true` keeps it as the one comment on the umbrella.
 *
 *     with: { command: rollup, umbrella: '#12' }
 */
import { inWords } from '../../src/core/in-words.ts';
import { formatRef } from '../../src/core/task/identity.ts';
import { renderWholeRollup } from '../../src/core/umbrella/render-comment.ts';
import type { Rollup } from '../../src/core/umbrella/rollup.ts';
import { planRollup } from '../../src/operations/umbrella-rollup.ts';
import type { ActionCommand, ActionJob, ActionReport, ReportedFinding } from '../action-command.ts';
import { renderPie } from '../charts.ts';
import { umbrellaOfJob } from '../umbrella-of-job.ts';
import { withCloneAtHand } from '../with-clone-at-hand.ts';

export const rollup: ActionCommand = { isJudge: true, run: reportRollup };

async function reportRollup(job: ActionJob): Promise<ActionReport> {
  const planned = await planRollup(withCloneAtHand(job), { ref: umbrellaOfJob(job) });
  const { umbrella, decision, percentComplete, body, changes, withheld } = planned;
  const { progress, integration } = planned.rollup;
  const name = formatRef(umbrella, job.workflow.repository);
  const blocking = integration.reasons.filter(({ effect }) => effect === 'blocks').length;
  return {
    decision,
    headline: `${name}: ${inWords(decision)}, ${progress.complete} of ${progress.relevant} complete, ${blocking} in the way`,
    blockingCount: blocking,
    markdown: renderWholeRollup(planned.rollup),
    brief: body,
    charts: renderPie(`Tasks of ${name}`, slicesOf(planned.rollup)),
    files: [{ name: 'report.json', text: `${JSON.stringify(planned.rollup, null, 2)}\n` }],
    findings: findingsOf(planned.rollup, name),
    outputs: { 'percent-complete': percentComplete === null ? '' : String(percentComplete) },
    comment: { kind: 'own', on: umbrella, changes, withheld },
  };
}

const slicesOf = ({ progress }: Rollup) =>
  Object.entries(progress.counts).map(([state, count]) => ({ name: inWords(state), count }));

/** What somebody should look at, then what nobody could read. */
function findingsOf({ attention, integration }: Rollup, umbrella: string): readonly ReportedFinding[] {
  const items = attention.map(({ ref, why, action }): ReportedFinding => {
    const who = action.actors.length === 0 ? '' : ` (${action.actors.join(', ')})`;
    const level = action.kind === 'start' || action.kind === 'continue' ? 'notice' : 'warning';
    return { level, title: formatRef(ref), text: `${why}. Next: ${action.text}${who}` };
  });
  const unread = integration.reasons
    .filter(({ effect }) => effect === 'unknown')
    .map(
      ({ text, ref }): ReportedFinding => ({ level: 'notice', title: ref === null ? umbrella : formatRef(ref), text }),
    );
  return [...items, ...unread];
}

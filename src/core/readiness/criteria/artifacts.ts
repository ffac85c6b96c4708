import type { TaskFacts } from '../../task/facts.ts';
import { formatRef } from '../../task/identity.ts';
import { lanesOf } from '../../umbrella/lanes.ts';
import { ownerOf } from '../actors.ts';
import type { Criterion, DraftFinding, Judgement, ReadinessView } from '../criterion.ts';
import { nameOfTask } from '../item-name.ts';
import { kindWords } from '../kind-words.ts';
import { ratioOf } from '../ratio-of.ts';
import { indexOfScope } from '../scope-index.ts';
import { standingArtifacts } from '../standing-artifacts.ts';
import { unreadFinding } from '../unread-finding.ts';

/** Whether every task in scope carries the artifact fields that the configuration asks for in its state; blocks where it asks for any. */
export const artifacts: Criterion = {
  id: 'artifacts',
  title: 'Artifacts',
  blocksByDefault: true,
  isOfScope: ({ tasks }) => tasks.artifacts.length > 0,
  judge: judgeArtifacts,
};

function judgeArtifacts(view: ReadinessView): Judgement {
  const fields = view.config.tasks.artifacts.map(({ field }) => field);
  const { relevant: tasks } = indexOfScope(view);
  if (fields.length === 0 || tasks.length === 0) {
    const reason = fields.length === 0 ? 'no artifact field is configured' : 'no task is in scope';
    return { applies: false, measured: null, threshold: null, reason, findings: [] };
  }
  const perTask = tasks.map((task) => findingsOf(task, view));
  const carrying = perTask.filter((findings) => findings.length === 0).length;
  const findings = perTask.flat();
  return {
    applies: true,
    measured: { text: `${carrying} of ${tasks.length} tasks`, ratio: ratioOf(carrying, tasks.length) },
    threshold: `${fields.join(', ')} from the state on in which each is asked for`,
    reason: kindWords(findings) || 'every task carries what is asked for',
    findings,
  };
}

function findingsOf(task: TaskFacts, view: ReadinessView): readonly DraftFinding[] {
  const { statuses, missing, unread } = standingArtifacts(task, view);
  const item = nameOfTask(task);
  const names = view.work.changesOf(task).map(({ ref }) => ref);
  const lane = lanesOf(task, view.config)[0] ?? null;
  const absent = missing.map((field): DraftFinding => {
    const isInvalid = statuses.some((status) => status.field === field && status.state === 'invalid');
    const why = isInvalid ? `its ${field} is not what is asked for` : `it has no ${field}`;
    return {
      kind: isInvalid ? 'invalid_artifact' : 'missing_artifact',
      part: field,
      effect: 'fails',
      item,
      names,
      lane,
      since: view.work.stateOf(task).since,
      why,
      actor: ownerOf(task, view.work),
      action: { text: `add ${field} to ${formatRef(task.ref)}`, command: null, url: task.url },
      evidence: [{ text: why, url: task.url }],
    };
  });
  return [
    ...absent,
    ...unread.map((field) =>
      unreadFinding(
        { cause: 'unavailable', what: `${field} of ${formatRef(task.ref)}` },
        { kind: 'unread_artifact', item, names, repository: task.ref },
      ),
    ),
  ];
}

import { durationSeconds } from '../../duration-seconds.ts';
import { inWords } from '../../in-words.ts';
import type { TaskFacts } from '../../task/facts.ts';
import { lanesOf } from '../../umbrella/lanes.ts';
import { clocksOfTask } from '../clocks.ts';
import type { Criterion, DraftFinding, Judgement, ReadinessView } from '../criterion.ts';
import { nameOfTask } from '../item-name.ts';
import { kindWords } from '../kind-words.ts';
import { nextStepOf } from '../next-step.ts';
import type { Clocks } from '../report-schema.ts';
import { indexOfScope } from '../scope-index.ts';

/**
 * How long work has been ready for review without being merged, the time under an open blocker set aside. Over
 * `implemented_age.blocking` it fails; without that, what is older than `review_sla` is told and nothing fails.
 */
export const implementedAge: Criterion = {
  id: 'implemented_age',
  title: 'Age of implemented work',
  blocksByDefault: false,
  isOfScope: () => true,
  judge: judgeAge,
};

function judgeAge(view: ReadinessView): Judgement {
  const { implemented_age: age, review_sla: sla } = view.config.readiness;
  const waiting = indexOfScope(view).left.flatMap((task) => waitingTask(task, view) ?? []);
  const limit = durationSeconds(age?.blocking ?? sla);
  const old = waiting.filter(({ clocks }) => (clocks.age_seconds ?? 0) > limit);
  const findings = old.map((one) => ageFinding(one, view));
  const oldest = Math.max(0, ...waiting.map(({ clocks }) => clocks.age_seconds ?? 0));
  return {
    applies: true,
    measured: { text: `${waiting.length} waiting to be merged`, seconds: oldest, count: waiting.length },
    threshold: age === undefined ? 'always: no limit is configured (implemented_age)' : `merged within ${age.blocking}`,
    reason: kindWords(findings) || tellWaiting(old.length, age?.blocking ?? `${sla} (review_sla)`),
    findings,
  };
}

const tellWaiting = (old: number, limit: string): string =>
  old > 0 ? `${old} older than ${limit}` : `nothing has waited longer than ${limit}`;

interface WaitingTask {
  readonly task: TaskFacts;
  readonly clocks: Clocks;
}

function waitingTask(task: TaskFacts, view: ReadinessView): WaitingTask | null {
  if (!WAITING.has(view.work.stateOf(task).state)) return null;
  const clocks = clocksOfTask(task, view);
  return clocks === null ? null : { task, clocks };
}

const WAITING: ReadonlySet<string> = new Set(['implemented', 'approved', 'blocked']);

function ageFinding({ task, clocks }: WaitingTask, view: ReadinessView): DraftFinding {
  const { state } = view.work.stateOf(task);
  const wait = clocks.approved_at === null ? 'for its review' : 'to be merged';
  const pullRequests = view.work.changesOf(task);
  return {
    kind: 'waiting_work',
    effect: view.config.readiness.implemented_age === undefined ? 'informs' : 'fails',
    item: nameOfTask(task),
    names: pullRequests.map(({ ref }) => ref),
    lane: lanesOf(task, view.config)[0] ?? null,
    since: clocks.implemented_at,
    excusedSeconds: clocks.excused_seconds,
    why: `it is ${inWords(state)} and waits ${wait}`,
    ...nextStepOf(task, view, indexOfScope(view).circles),
    evidence: pullRequests
      .slice(0, 3)
      .map((one) => ({ text: `ready for review since ${one.readyAt ?? one.createdAt}`, url: one.url })),
  };
}

import type { Config } from '../config.ts';
import { UserError } from '../failure.ts';
import { inWords } from '../in-words.ts';
import type { Gap } from '../reading.ts';
import { openBlockers } from '../task/assess-state.ts';
import type { Instant, TaskFacts } from '../task/facts.ts';
import { formatRef, type Ref, refKey } from '../task/identity.ts';
import { assessWork, hasChildren } from './assess-work.ts';
import { attentionOf } from './attention.ts';
import { audienceOf } from './audience.ts';
import { assessDrift } from './drift/assess-drift.ts';
import { driftOfSnapshot } from './drift/drift-of-snapshot.ts';
import { uniqueGaps } from './gaps.ts';
import { assessIntegration } from './integration.ts';
import { lanesOf, rollUpLanes } from './lanes.ts';
import { progressOf } from './progress.ts';
import { gapsOf, judgeChild, type NestedRollup, type RollupView, rollUpChild, toRollupTask } from './roll-up-task.ts';
import type { CountedState, IntegrationReadiness, Progress, Rollup } from './rollup.ts';
import type { WorkSnapshot } from './snapshot.ts';

export interface RollupOptions {
  readonly config: Config;
  readonly now: Instant;
  /** `viewer`: everything the reading identity may see. `umbrella_readers`: only what every reader of the umbrella may see. */
  readonly audience: 'viewer' | 'umbrella_readers';
}

/**
 * An umbrella's summary. The same facts give the same rollup, in whatever order they were read.
 *
 * Children that the audience may not see count in the progress and in the verdict, and are named nowhere. Children that
 * were not read count as `unknown`. Throws `UserError('not_found')` when the umbrella itself is not in the snapshot.
 */
export function buildRollup(snapshot: WorkSnapshot, umbrella: Ref, options: RollupOptions): Rollup {
  const task = snapshot.tasks.get(refKey(umbrella));
  if (task === undefined) throw unreadUmbrella(umbrella);
  const { config, now } = options;
  const audience = audienceOf(snapshot, task, options.audience);
  const view: RollupView = { work: assessWork(snapshot, config), config, audience, now, keepers: keepersOf(task) };
  const subtree = rollUpSubtree(task, view, snapshot.gaps);
  const { tasks, unread } = view.work.childrenOf(task);
  const visible = tasks.filter((child) => audience.canSee(child));
  const children = visible.map((child) => rollUpChild(child, subtree.nested.get(child) ?? null, view));
  return {
    umbrella: toRollupTask(task, view),
    progress: subtree.progress,
    wholeTree: subtree.nested.size === 0 ? null : progressOf(leafStates(task, view)),
    lanes: rollUpLanes(tasks.map((child) => ({ lane: laneFor(child, view), state: view.work.stateOf(child).state }))),
    children,
    privateChildren: tasks.length - visible.length,
    unreadChildren: unread,
    attention: attentionOf(children),
    integration: subtree.integration,
    gaps: subtree.gaps,
    remarks: [...remarksOn(visible, view), ...driftRemarks(snapshot, task, view)],
    now,
  };
}

function keepersOf({ assignees, author }: TaskFacts): readonly string[] {
  if (assignees.length > 0) return assignees;
  return author === null ? [] : [author];
}

interface Subtree {
  readonly progress: Progress;
  readonly integration: IntegrationReadiness;
  readonly gaps: readonly Gap[];
  /** Children that have children themselves. */
  readonly nested: ReadonlyMap<TaskFacts, NestedRollup>;
}

function rollUpSubtree(
  task: TaskFacts,
  view: RollupView,
  outerGaps: readonly Gap[],
  above: ReadonlySet<TaskFacts> = new Set(),
): Subtree {
  const { tasks, unread } = view.work.childrenOf(task);
  const path = new Set([...above, task]);
  const nested = new Map<TaskFacts, NestedRollup>();
  const innerGaps: Gap[] = [];
  for (const child of tasks.filter((one) => hasChildren(one, view.work) && !path.has(one))) {
    const subtree = rollUpSubtree(child, view, [], path);
    nested.set(child, { progress: subtree.progress, integration: subtree.integration.verdict });
    innerGaps.push(...subtree.gaps);
  }
  const ownGaps = [task, ...tasks].flatMap((one) => gapsOf(one, view));
  const gaps = uniqueGaps([...outerGaps.map(view.audience.shownGap), ...ownGaps, ...innerGaps]);
  const integration = assessIntegration({
    children: tasks.map((child) => judgeChild(child, nested.get(child) ?? null, view)),
    unreadChildren: unread,
    ownBlockers: openBlockers(task).length,
    gaps,
    areArtifactsConfigured: view.config.tasks.artifacts.length > 0,
  });
  return { progress: progressOf(statesOf(tasks, unread, view)), integration, gaps, nested };
}

function statesOf(tasks: readonly TaskFacts[], unread: number, view: RollupView): readonly CountedState[] {
  const unknown = Array.from({ length: unread }, (): CountedState => 'unknown');
  return [...tasks.map((task) => view.work.stateOf(task).state), ...unknown];
}

/** Tasks without children at any depth, each once; what was not read counts as `unknown`. */
function leafStates(root: TaskFacts, view: RollupView): readonly CountedState[] {
  const states: CountedState[] = [];
  const reached = new Set<TaskFacts>([root]);
  for (const task of reached) {
    const { tasks, unread } = view.work.childrenOf(task);
    states.push(...statesOf([], unread, view));
    if (tasks.length === 0 && unread === 0 && task !== root) states.push(view.work.stateOf(task).state);
    for (const child of tasks) reached.add(child);
  }
  return states;
}

/** The lane's name of a hidden task would tell something about it. */
const laneFor = (task: TaskFacts, { audience, config }: RollupView): string | null =>
  audience.canSee(task) ? (lanesOf(task, config)[0] ?? null) : null;

function remarksOn(tasks: readonly TaskFacts[], view: RollupView): readonly string[] {
  return tasks.flatMap((task) => {
    const name = formatRef(task.ref);
    const lanes = lanesOf(task, view.config);
    const { remark, computed, state } = view.work.stateOf(task);
    return [
      ...(lanes.length > 1 ? [`${name} has ${lanes.length} lanes, ${lanes.join(', ')}: ${lanes[0]} counts`] : []),
      ...(computed === undefined
        ? []
        : [`${name} is ${inWords(state)} by its label; the facts say ${inWords(computed)}`]),
      ...(remark === undefined ? [] : [`${name}: ${remark}`]),
    ];
  });
}

/** Cheap first look, so that most texts are never parsed: a checkbox, a word for children, a count or a percentage. */
const MAY_DRIFT = /\[[ xX]\]|child|sub-?\s?(?:issue|task)|phases|\d\s*(?:\/|of|out of)\s*\d|\d\s*%/i;

/** The text of the umbrella against its links, as far as the snapshot can tell. */
function driftRemarks(snapshot: WorkSnapshot, task: TaskFacts, { config, audience }: RollupView): readonly string[] {
  if (!MAY_DRIFT.test(task.body)) return [];
  const { findings } = assessDrift(driftOfSnapshot(snapshot, task, { config, audience }));
  const [first, ...more] = findings;
  if (first === undefined) return [];
  const rest = more.length === 0 ? '' : `, and ${more.length} more of this kind: see parasol umbrella drift`;
  return [`text and links have drifted apart: ${first.text}${rest}`];
}

const unreadUmbrella = (umbrella: Ref): UserError =>
  new UserError(
    'not_found',
    `Issue ${formatRef(umbrella)} could not be read.`,
    'Check the reference, and that the token may read issues of that repository.',
  );

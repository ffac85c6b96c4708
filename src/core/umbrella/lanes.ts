import type { Config } from '../config.ts';
import type { TaskFacts } from '../task/facts.ts';
import { progressOf } from './progress.ts';
import type { CountedState, LaneRollup } from './rollup.ts';

/**
 * The lanes that a task's labels name, sorted by name without repetition: those of the configuration by their labels, and
 * what `tasks.lane_label` has for its `*`. The first one counts.
 */
export function lanesOf(task: Pick<TaskFacts, 'labels'>, config: Config): readonly string[] {
  const known = lanesByLabel.get(config) ?? new Map<string, readonly string[]>();
  lanesByLabel.set(config, known);
  const found = task.labels.flatMap((label) => {
    const lanes = known.get(label) ?? lanesOfLabel(label, config);
    known.set(label, lanes);
    return lanes;
  });
  return found.length < 2 ? found : [...new Set(found)].sort(byName);
}

/** A repository has few labels, and thousands of tasks. */
const lanesByLabel = new WeakMap<Config, Map<string, readonly string[]>>();

function lanesOfLabel(label: string, { tasks, lanes }: Config): readonly string[] {
  const [prefix = '', suffix = ''] = tasks.lane_label.toLowerCase().split('*');
  const lower = label.toLowerCase();
  const configured = Object.entries(lanes).filter(([, lane]) => lane.labels.some((one) => same(one, lower)));
  if (configured.length > 0) return configured.map(([name]) => name);
  const isLane = label.length > prefix.length + suffix.length && lower.startsWith(prefix) && lower.endsWith(suffix);
  return isLane ? [label.slice(prefix.length, label.length - suffix.length)] : [];
}

/** Progress by lane, by name, tasks without a lane last; empty when no task has a lane. */
export function rollUpLanes(
  tasks: readonly { readonly lane: string | null; readonly state: CountedState }[],
): readonly LaneRollup[] {
  const byLane = new Map<string | null, CountedState[]>();
  for (const { lane, state } of tasks) {
    const states = byLane.get(lane) ?? [];
    states.push(state);
    byLane.set(lane, states);
  }
  const names = [...byLane.keys()].filter((name) => name !== null).sort(byName);
  if (names.length === 0) return [];
  const all: (string | null)[] = byLane.has(null) ? [...names, null] : names;
  return all.map((name) => ({ name, progress: progressOf(byLane.get(name) ?? []) }));
}

const same = (label: string, lower: string): boolean => label.toLowerCase() === lower;

/** By code unit, so that every machine sorts alike. */
const byName = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

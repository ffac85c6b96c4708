import type { FilePlace, Placed, TemplateProblem } from './file-place.ts';
import type { LaneTemplate } from './lane-template.ts';
import { uniqueBy } from './unique-by.ts';

/** One task waits for another; both are named by `taskName`. */
export interface AfterEdge {
  readonly on: string;
  readonly blocker: string;
  readonly place: FilePlace;
}

export const taskName = (lane: string, key: string): string => `${lane}/${key}`;

interface ResolvedAfter {
  /** Each pair once, in the order of the templates. */
  readonly edges: readonly AfterEdge[];
  readonly problems: readonly TemplateProblem[];
}

/** https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/creating-issue-dependencies */
const MAX_BLOCKERS = 50;

/**
 * What every `after` of the templates means, task by task. Where a lane waits for a lane, its first tasks wait for the
 * last ones of the other: those that no task of their own lane waits for. An unknown name and a circle are problems.
 */
export function resolveAfter(lanes: readonly LaneTemplate[]): ResolvedAfter {
  const problems: TemplateProblem[] = [];
  const inner = lanes.flatMap((lane) => innerEdges(lane));
  const all = [...inner, ...lanes.flatMap((lane) => outerEdges(lane, { lanes, inner, problems }))];
  const edges = uniqueBy(all, ({ on, blocker }) => `${on}\n${blocker}`);
  const circle = findCircle(edges);
  if (circle !== null) problems.push(circle);
  for (const [on, blockers] of byWaiting(edges)) {
    const last = blockers.at(MAX_BLOCKERS);
    const message = `\`${on}\` would wait for ${blockers.length} tasks, and GitHub takes ${MAX_BLOCKERS}`;
    if (last !== undefined) problems.push({ ...last.place, message, fix: 'Let it wait for fewer.' });
  }
  return { edges, problems };
}

const sameWord = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Between tasks of one lane; a key goes before a lane of the same name. */
function innerEdges(lane: LaneTemplate): AfterEdge[] {
  return lane.tasks.flatMap((task) =>
    task.after.flatMap(({ value, place }) => {
      const blocker = lane.tasks.find(({ key }) => sameWord(key, value));
      if (blocker === undefined) return [];
      return [{ on: taskName(lane.name, task.key), blocker: taskName(lane.name, blocker.key), place }];
    }),
  );
}

interface Resolving {
  readonly lanes: readonly LaneTemplate[];
  readonly inner: readonly AfterEdge[];
  readonly problems: TemplateProblem[];
}

function outerEdges(lane: LaneTemplate, resolving: Resolving): AfterEdge[] {
  const waiting = new Set(resolving.inner.map(({ on }) => on));
  const names = lane.tasks.map(({ key }) => taskName(lane.name, key));
  const first = names.filter((name) => !waiting.has(name));
  const ofLane = lane.after.flatMap((after) => {
    const blockers = tasksNamed(after, resolving, 'lane');
    return first.flatMap((on) => blockers.map((blocker) => ({ on, blocker, place: after.place })));
  });
  const ofTasks = lane.tasks.flatMap((task) =>
    task.after
      .filter(({ value }) => !lane.tasks.some(({ key }) => sameWord(key, value)))
      .flatMap((after) =>
        tasksNamed(after, resolving, 'task').map((blocker) => ({
          on: taskName(lane.name, task.key),
          blocker,
          place: after.place,
        })),
      ),
  );
  return [...ofLane, ...ofTasks];
}

function tasksNamed(
  { value, place }: Placed<string>,
  { lanes, inner, problems }: Resolving,
  by: 'lane' | 'task',
): readonly string[] {
  const lane = lanes.find(({ name }) => sameWord(name, value));
  if (lane !== undefined) {
    const waitedFor = new Set(inner.map(({ blocker }) => blocker));
    return lane.tasks.map(({ key }) => taskName(lane.name, key)).filter((name) => !waitedFor.has(name));
  }
  const all = lanes.flatMap(({ name, tasks }) => tasks.map(({ key }) => taskName(name, key)));
  const task = all.find((name) => sameWord(name, value));
  if (task !== undefined) return [task];
  const known = [...(by === 'task' ? ['the keys of its lane'] : []), ...lanes.map(({ name }) => name)];
  const message = `\`after\` names \`${value.slice(0, 80)}\`, and there is no such ${by === 'lane' ? 'lane' : 'task or lane'}`;
  problems.push({ ...place, message, fix: `Known here: ${known.slice(0, 20).join(', ')}.` });
  return [];
}

function byWaiting(edges: readonly AfterEdge[]): ReadonlyMap<string, readonly AfterEdge[]> {
  const groups = new Map<string, AfterEdge[]>();
  for (const edge of edges) {
    const group = groups.get(edge.on) ?? [];
    group.push(edge);
    groups.set(edge.on, group);
  }
  return groups;
}

/** The first circle, told with all its tasks, at the place of the `after` that closes it. */
function findCircle(edges: readonly AfterEdge[]): TemplateProblem | null {
  const outgoing = byWaiting(edges);
  const done = new Set<string>();
  for (const start of outgoing.keys()) {
    const path: AfterEdge[] = [];
    const circle = walk(start, { outgoing, done, path });
    if (circle === null) continue;
    const names = [...circle.map(({ on }) => on), circle[0]?.on ?? ''];
    const place = circle.at(-1)?.place ?? { path: '', line: 1 };
    return { ...place, message: `these tasks wait for each other: ${names.join(' → ')}`, fix: 'Remove one `after`.' };
  }
  return null;
}

interface Walk {
  readonly outgoing: ReadonlyMap<string, readonly AfterEdge[]>;
  readonly done: Set<string>;
  readonly path: AfterEdge[];
}

function walk(name: string, { outgoing, done, path }: Walk): readonly AfterEdge[] | null {
  const from = path.findIndex(({ on }) => on === name);
  if (from >= 0) return path.slice(from);
  if (done.has(name)) return null;
  for (const edge of outgoing.get(name) ?? []) {
    path.push(edge);
    const circle = walk(edge.blocker, { outgoing, done, path });
    if (circle !== null) return circle;
    path.pop();
  }
  done.add(name);
  return null;
}

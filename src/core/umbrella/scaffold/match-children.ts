import { issueKeyOf } from '../../issue-marker.ts';
import type { TaskDraft } from './draft-tasks.ts';
import type { LaneTemplate } from './lane-template.ts';
import { taskName } from './resolve-after.ts';
import type { ScaffoldChild, ScaffoldFacts } from './scaffold-facts.ts';

/** What stands for a task of the templates already. */
export interface Standing {
  readonly child: ScaffoldChild;
  /**
   * `made`: a scaffold of ours made it. `removed`: the same, and somebody took it out of the umbrella. `named_alike`: a
   * child with the same title. `claimed`: a child whose marker says so, but that somebody else wrote: no proof. `undone`:
   * a scaffold of ours made it, and our own undo took it back.
   */
  readonly by: 'made' | 'removed' | 'named_alike' | 'claimed' | 'undone';
}

/** Whether the task counts as there: somebody else's marker proves nothing, and what was undone may be made anew. */
export const isThere = (standing: Standing | undefined): boolean =>
  standing !== undefined && standing.by !== 'claimed' && standing.by !== 'undone';

/** `scaffold:api:schema`: what a later scaffold finds a task by. */
export const scaffoldKey = (lane: string, key: string): string => `scaffold:${lane}:${key}`.toLowerCase();

/** By `taskName`; tasks that nothing stands for are not in it. */
export function matchChildren(
  { children, formerChildren }: Pick<ScaffoldFacts, 'children' | 'formerChildren'>,
  lanes: readonly LaneTemplate[],
  drafts: readonly TaskDraft[],
): ReadonlyMap<string, Standing> {
  const made = byKey(children.filter(({ isOwn }) => isOwn));
  const removed = byKey(formerChildren.filter(({ isOwn, isUndone }) => isOwn && !isUndone));
  const undone = byKey(formerChildren.filter(({ isOwn, isUndone }) => isOwn && isUndone));
  const claimed = byKey(children.filter(({ isOwn }) => !isOwn));
  const titles = new Map(children.toReversed().map((child) => [titleKey(child.title), child]));
  const drafted = new Map(drafts.map((draft) => [draft.name, draft]));
  const standing = new Map<string, Standing>();
  for (const { lane, key } of lanes.flatMap((one) => one.tasks.map((task) => ({ lane: one.name, key: task.key })))) {
    const [name, marker] = [taskName(lane, key), scaffoldKey(lane, key)];
    const draft = drafted.get(name);
    const alike = draft === undefined ? undefined : titles.get(titleKey(draft.title));
    const found =
      standingBy('made', made.get(marker)) ??
      standingBy('removed', removed.get(marker)) ??
      standingBy('named_alike', alike) ??
      standingBy('claimed', claimed.get(marker)) ??
      standingBy('undone', undone.get(marker));
    if (found !== null) standing.set(name, found);
  }
  return standing;
}

/** Of two with one key, which writers that raced may have made, the older one counts. */
export function byKey(children: readonly ScaffoldChild[]): ReadonlyMap<string, ScaffoldChild> {
  return new Map(
    children.toReversed().flatMap((child) => {
      const key = issueKeyOf(child.body);
      return key === null ? [] : [[key.toLowerCase(), child] as const];
    }),
  );
}

const titleKey = (title: string): string => title.trim().toLowerCase();

const standingBy = (by: Standing['by'], child: ScaffoldChild | undefined): Standing | null =>
  child === undefined ? null : { child, by };

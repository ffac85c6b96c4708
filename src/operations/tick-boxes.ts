import { refKey } from '../core/task/identity.ts';
import { audienceOf } from '../core/umbrella/audience.ts';
import { driftOfSnapshot } from '../core/umbrella/drift/drift-of-snapshot.ts';
import { planTicks } from '../core/umbrella/drift/plan-ticks.ts';
import type { UmbrellaSnapshot } from '../core/umbrella/snapshot.ts';
import { applyChanges, type ChangeOutcome, type WriteContext } from './apply-changes.ts';
import { configInForce } from './config-in-force.ts';

interface Ticked {
  /** With the text as it stands now. */
  readonly snapshot: UmbrellaSnapshot;
  readonly changes: readonly ChangeOutcome[];
}

/**
 * Sets the checkboxes of an umbrella's own list as its children are closed and reopened, where its configuration says
 * `tasks: { umbrella: { tick: true } }` and its rollups are on. Only boxes of children that all readers of the umbrella
 * may see; nothing is written over what a person wrote since the snapshot was read.
 */
export async function tickBoxes(
  context: WriteContext,
  snapshot: UmbrellaSnapshot,
  { dryRun }: { readonly dryRun: boolean },
): Promise<Ticked> {
  const { config, rollupWish } = configInForce(snapshot);
  const key = refKey(snapshot.umbrella);
  const umbrella = snapshot.tasks.get(key);
  if (!config.tasks.umbrella.tick || rollupWish !== 'wanted' || umbrella === undefined)
    return { snapshot, changes: [] };
  const audience = audienceOf(snapshot, umbrella, 'umbrella_readers');
  const change = planTicks(driftOfSnapshot(snapshot, umbrella, { config, audience }), umbrella);
  if (change === null) return { snapshot, changes: [] };
  const changes = await applyChanges(context, [change], { dryRun });
  if (!changes.some(({ outcome }) => outcome === 'done')) return { snapshot, changes };
  const tasks = new Map(snapshot.tasks).set(key, { ...umbrella, body: change.body });
  return { snapshot: { ...snapshot, tasks }, changes };
}

import { ensureBranch } from '../commit.ts';
import { newIds, register } from '../node-id.ts';
import type { ItemKey, LinkedBranchRecord, World } from '../world.ts';
import { requireIssue, requireRepository } from './place.ts';

/** Makes a branch for an issue ("Create a branch" in its sidebar). GitHub announces no link. */
export function linkBranch(
  world: World,
  _actor: string,
  input: { readonly item: ItemKey; readonly branch: string; readonly repository?: string },
): LinkedBranchRecord {
  const place = requireIssue(world, input.item);
  const home = requireRepository(world, input.repository ?? place.key.repository);
  ensureBranch(home, input.branch);
  const record: LinkedBranchRecord = {
    ...newIds(world, 'LinkedBranch'),
    repository: `${home.owner}/${home.name}`.toLowerCase(),
    name: input.branch,
  };
  place.item.linkedBranches.push(record);
  place.item.updatedAt = world.now();
  register(world, { type: 'LinkedBranch', repository: home, item: place.item, record });
  return record;
}

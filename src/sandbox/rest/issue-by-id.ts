import { canSee } from '../access/viewer.ts';
import { placeIn } from '../actions/place.ts';
import { notFound } from '../actions/world-refusal.ts';
import { findByDatabaseId } from '../node-id.ts';
import type { ItemKey } from '../world.ts';
import type { RestCall } from './route.ts';

/**
 * The key behind the database id (not the number) that links name their other side by. An issue that the viewer does
 * not see answers 404 like one that is not there; a pull request's id passes, for the action to refuse it.
 */
export function requireIssueWithId({ world, viewer }: RestCall, id: number): ItemKey {
  const node = findByDatabaseId(world, 'Issue', id) ?? findByDatabaseId(world, 'PullRequest', id);
  if (node === null) throw notFound();
  const { key } = placeIn(node.repository, node.record);
  if (!canSee(world, viewer, key.repository)) throw notFound();
  return key;
}

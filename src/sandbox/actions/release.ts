import { ensureBranch } from '../commit.ts';
import { newIds, register } from '../node-id.ts';
import type { ReleaseRecord, RepositoryRecord, World } from '../world.ts';
import { requireRepository } from './place.ts';
import { WorldRefusal } from './world-refusal.ts';

export interface NewTag {
  readonly repository: string;
  readonly name: string;
  /** Whose head it marks; the default branch otherwise. */
  readonly branch?: string | undefined;
}

/** Marks the head of a branch with a lightweight tag. */
export function createTag(world: World, input: NewTag): string {
  const repository = requireRepository(world, input.repository);
  if (repository.tags.has(input.name)) throw new WorldRefusal(422, 'Reference already exists');
  const sha = headOf(repository, input.branch);
  repository.tags.set(input.name, sha);
  return sha;
}

export interface NewRelease {
  readonly repository: string;
  readonly tag: string;
  readonly branch?: string | undefined;
  readonly name?: string | null;
  readonly body?: string;
  readonly isDraft?: boolean;
  readonly isPrerelease?: boolean;
}

/** Releases a tag; publishing makes a tag that is not there yet, a draft does not. */
export function createRelease(world: World, actor: string, input: NewRelease): ReleaseRecord {
  const repository = requireRepository(world, input.repository);
  const { tag, isDraft = false } = input;
  if (repository.releases.some((one) => one.tag === tag && !one.isDraft)) {
    throw new WorldRefusal(422, 'Validation Failed', [
      { resource: 'Release', code: 'already_exists', field: 'tag_name' },
    ]);
  }
  if (!isDraft && !repository.tags.has(tag)) createTag(world, { ...input, name: tag });
  const record: ReleaseRecord = {
    ...newIds(world, 'Release'),
    tag,
    name: input.name ?? null,
    body: input.body ?? '',
    author: actor,
    isDraft,
    isPrerelease: input.isPrerelease ?? false,
    createdAt: world.now(),
    publishedAt: isDraft ? null : world.now(),
  };
  repository.releases.push(record);
  register(world, { type: 'Release', repository, record });
  return record;
}

function headOf(repository: RepositoryRecord, branch: string | undefined): string {
  if (branch === undefined) return ensureBranch(repository, repository.defaultBranch);
  const sha = repository.branches.get(branch);
  if (sha === undefined) throw new WorldRefusal(422, `there is no branch ${branch} then`);
  return sha;
}

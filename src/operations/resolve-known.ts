import { UserError } from '../core/failure.ts';
import { known, type Reading, unknown } from '../core/reading.ts';
import { type ResolvedHead, resolveBase } from '../git/list-heads.ts';
import type { Repository } from '../git/open-repository.ts';

interface KnownBranch {
  readonly name: string;
  /** Where GitHub says it is; null where that could not be read: then what the clone calls so. */
  readonly sha: string | null;
}

/** The commit of a branch in a clone. An older clone would miss what was merged since, so it is a gap. */
export async function resolveKnown(repository: Repository, { name, sha }: KnownBranch): Promise<Reading<ResolvedHead>> {
  const head = await resolveBase(repository, sha ?? name).catch((error: unknown) => {
    if (error instanceof UserError) return null;
    throw error;
  });
  if (head !== null) return known({ ...head, name });
  const what = `the history of ${name} in git: the clone does not have ${sha?.slice(0, 7) ?? 'it'} (git fetch)`;
  return unknown({ cause: 'no_clone', what });
}

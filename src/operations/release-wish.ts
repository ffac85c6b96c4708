import { compileGlob } from '../core/glob.ts';
import type { PostingMode } from '../core/readiness/plan-readiness-check.ts';
import { QUEUE_PREFIX } from '../core/readiness/queue-branch.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import { listBranches } from '../github/list-branches.ts';
import { loadConfig } from '../github/load-config.ts';
import { configInForce, isConfigGap } from './config-in-force.ts';
import type { OperationContext } from './operation.ts';

type Context = Pick<OperationContext, 'github'>;

/** What a repository wants to be told of its release branches. */
export interface ReleaseWish {
  /** Null where nothing is to be posted. */
  readonly mode: PostingMode | null;
  /** Globs. */
  readonly branches: readonly string[];
}

/** What nobody could read switches nothing on. */
export async function loadReleaseWish({ github }: Context, repository: RepositoryRef): Promise<ReleaseWish> {
  const loaded = await loadConfig(github, repository);
  const { mode, release_branches: branches } = configInForce(loaded).config.readiness;
  const posts = (mode === 'comment' || mode === 'enforce') && !loaded.gaps.some(isConfigGap);
  return { mode: posts ? mode : null, branches };
}

/** The branches that a merge queue makes for itself are nobody's release, whatever the globs say. */
export const wantsBranch = ({ mode, branches }: ReleaseWish, branch: string): boolean =>
  mode !== null && !branch.startsWith(QUEUE_PREFIX) && branches.some((glob) => compileGlob(glob)(branch));

/** Old release branches stay for ever, and nobody ships from them any more. */
const MOST_BRANCHES = 5;

/** The release branches to look at when nobody knows what happened meanwhile: of those that there are the last by name. */
export async function listReleaseBranches(
  context: Context,
  repository: RepositoryRef,
  wish: ReleaseWish,
): Promise<readonly string[]> {
  const releases = [...(await listReleaseHeads(context, repository, wish)).keys()];
  return releases.sort((a, b) => b.localeCompare(a, 'en', { numeric: true })).slice(0, MOST_BRANCHES);
}

/** The commit that each release branch is at. */
export async function listReleaseHeads(
  { github }: Context,
  repository: RepositoryRef,
  wish: ReleaseWish,
): Promise<ReadonlyMap<string, string>> {
  if (wish.mode === null) return new Map();
  const heads = new Map<string, string>();
  for (const prefix of new Set(wish.branches.map((glob) => glob.split(/[*?]/)[0] ?? '')))
    for (const { branch, sha } of await listBranches(github, repository, prefix))
      if (wantsBranch(wish, branch)) heads.set(branch, sha);
  return heads;
}

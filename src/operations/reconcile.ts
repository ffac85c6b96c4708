import pLimit from 'p-limit';
import { READINESS_MARKER, ROLLUP_MARKER } from '../core/marker.ts';
import type { Ref, RepositoryRef } from '../core/task/identity.ts';
import { findMarkedComments } from '../github/find-marked-comment.ts';
import { listUmbrellaRefs } from '../github/list-umbrella-refs.ts';
import { loadConfig } from '../github/load-config.ts';
import { configInForce } from './config-in-force.ts';
import type { OperationContext } from './operation.ts';

type Context = Pick<OperationContext, 'github'>;

const UMBRELLAS_AT_ONCE = 4;

/**
 * The open umbrellas of a repository whose rollup may be out of date after a time in which events were missed, or after
 * its configuration changed: all of them where rollups or pinned readiness reports are asked for; where nothing is configured, or nobody can tell,
 * those that carry one of ours. What was in flight when a process died is thereby found again on GitHub itself; nothing
 * about it is stored.
 */
export async function umbrellasOfRepository(context: Context, repository: RepositoryRef): Promise<readonly Ref[]> {
  const { rollupWish, config } = configInForce(await loadConfig(context.github, repository));
  const pinsReadiness = config.readiness.mode === 'comment' || config.readiness.mode === 'enforce';
  if (rollupWish === 'unwanted' && !pinsReadiness) return [];
  const umbrellas = await listUmbrellaRefs(context.github, repository, { openOnly: true });
  return rollupWish === 'wanted' || pinsReadiness ? umbrellas : withOwnComment(context, umbrellas, [ROLLUP_MARKER]);
}

/** The umbrellas of a repository that carry a comment of ours, closed ones too and whatever the configuration says. */
export async function umbrellasWithComment(context: Context, repository: RepositoryRef): Promise<readonly Ref[]> {
  const all = await listUmbrellaRefs(context.github, repository);
  return withOwnComment(context, all, [ROLLUP_MARKER, READINESS_MARKER]);
}

async function withOwnComment(
  { github }: Context,
  umbrellas: readonly Ref[],
  markers: readonly string[],
): Promise<readonly Ref[]> {
  const limit = pLimit(UMBRELLAS_AT_ONCE);
  const carries = async (umbrella: Ref): Promise<boolean> => {
    for (const marker of markers) if ((await findMarkedComments(github, umbrella, marker)).length > 0) return true;
    return false;
  };
  const own = await Promise.all(umbrellas.map((umbrella) => limit(() => carries(umbrella))));
  return umbrellas.filter((_, n) => own[n] === true);
}

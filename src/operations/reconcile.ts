import pLimit from 'p-limit';
import { ROLLUP_MARKER } from '../core/marker.ts';
import type { Ref, RepositoryRef } from '../core/task/identity.ts';
import { findMarkedComment } from '../github/find-marked-comment.ts';
import { listInstalledRepositories } from '../github/list-installed-repositories.ts';
import { listUmbrellaRefs } from '../github/list-umbrella-refs.ts';
import { loadConfig } from '../github/load-config.ts';
import { configInForce } from './config-in-force.ts';
import type { OperationContext } from './operation.ts';

type Context = Pick<OperationContext, 'github'>;

const REPOSITORIES_AT_ONCE = 4;

/**
 * The open umbrellas of an installation whose rollup may be out of date after a time in which events were missed: all
 * of them in repositories that ask for rollups, and elsewhere those that carry one of ours. What was in flight when the
 * process died is thereby found again on GitHub itself; nothing about it is stored.
 */
export async function umbrellasToReconcile(context: Context): Promise<readonly Ref[]> {
  const repositories = await listInstalledRepositories(context.github);
  const limit = pLimit(REPOSITORIES_AT_ONCE);
  const found = await Promise.all(
    repositories.map((repository) => limit(() => umbrellasOfRepository(context, repository))),
  );
  return found.flat();
}

/** The same for one repository, for instance after its configuration changed. */
export async function umbrellasOfRepository({ github }: Context, repository: RepositoryRef): Promise<readonly Ref[]> {
  const texts = await loadConfig(github, repository);
  const { mode } = configInForce(texts).config.rollup;
  if (mode === 'off' || mode === 'observe') return [];
  const umbrellas = await listUmbrellaRefs(github, repository, { openOnly: true });
  if (texts.configText !== null || texts.ownerConfigText !== null) return umbrellas;
  const own = await Promise.all(umbrellas.map((umbrella) => findMarkedComment(github, umbrella, ROLLUP_MARKER)));
  return umbrellas.filter((_, n) => own[n] !== null);
}

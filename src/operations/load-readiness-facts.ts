import type { Config } from '../core/config.ts';
import { nameOfVersion } from '../core/config-version.ts';
import { coverageOf } from '../core/readiness/coverage-of.ts';
import { parseSelector } from '../core/readiness/parse-selector.ts';
import type { ReadinessFacts } from '../core/readiness/readiness-facts.ts';
import { unreadPolicy } from '../core/readiness/unread-policy.ts';
import { parseRef, type RepositoryRef } from '../core/task/identity.ts';
import { parseConfigOf } from '../core/umbrella/config-of-snapshot.ts';
import type { WorkSnapshot } from '../core/umbrella/snapshot.ts';
import { loadReadiness } from '../github/load-readiness.ts';
import { CONFIG_PATH } from './config-in-force.ts';
import type { OperationContext } from './operation.ts';
import { parseRepository, repositoryOf } from './repository-input.ts';
import { withHeldCommits } from './with-held-commits.ts';
import { withHistory } from './with-history.ts';
import { withWaiverComments } from './with-waiver-comments.ts';

interface ReadinessWish {
  readonly scope?: string | undefined;
  readonly repository?: string | undefined;
  /** Folder of a clone on this machine. */
  readonly clone?: string | undefined;
  /** Id of the workflow run that asks: what it does itself is no reason for anything. */
  readonly ownRun?: number | undefined;
}

interface LoadedFacts {
  readonly facts: ReadinessFacts;
  readonly config: Config;
  /** Where the policy stands. */
  readonly policySource: string;
}

/** Everything that a report is made from, under the configuration in force. */
export async function loadReadinessFacts(context: OperationContext, wish: ReadinessWish): Promise<LoadedFacts> {
  const repository = repositoryMeant(context, wish);
  const now = context.now();
  const { ownRun } = wish;
  const { sources, ...loaded } = await loadReadiness(context.github, {
    repository,
    selector: parseSelector(wish.scope, repository),
    now,
    ...(ownRun === undefined ? {} : { ownRun }),
    ...(context.onProgress && { onProgress: context.onProgress }),
  });
  const { config } = parseConfigOf(loaded.work);
  const told: ReadinessFacts = { ...loaded, now, coverage: sources.map(coverageOf) };
  const base = sources.find(({ source }) => source === 'base branch');
  const held = base === undefined ? told : await withHeldCommits(context.github, told, { config, base });
  const read = await withHistory(context, held, { clone: wish.clone, ignore: config.risk.ignore });
  const file = sources.find(({ source }) => source === 'waivers');
  const facts = file === undefined ? read : await withWaiverComments(context.github, read, { config, file });
  return { facts, config, policySource: sourceOfPolicy(loaded.work, repository) };
}

/** An umbrella that is named in full says where it is, unless somebody says otherwise. */
function repositoryMeant(context: OperationContext, { scope, repository }: ReadinessWish): RepositoryRef {
  if (repository !== undefined) return parseRepository(repository);
  const named = parseRef((scope ?? '').replace(/^umbrella:/i, ''), { defaultRepository: null, ids: [] });
  if (named !== null && 'number' in named) return { owner: named.owner, repo: named.repo };
  return repositoryOf(context, undefined);
}

function sourceOfPolicy(work: WorkSnapshot, { owner, repo }: RepositoryRef): string {
  const { inForce, valid } = parseConfigOf(work);
  const files = [
    ...(work.configText === null ? [] : [`${CONFIG_PATH} of ${owner}/${repo}${versionOf(inForce.repository, valid)}`]),
    ...(work.ownerConfigText === null ? [] : [`${CONFIG_PATH} of ${owner}/.github`]),
  ];
  const read = files.join(' over ') || 'defaults';
  return unreadPolicy(work) === null ? read : `${read}, as far as the configuration could be read`;
}

function versionOf(held: ReturnType<typeof parseConfigOf>['inForce']['repository'], isValid: boolean): string {
  if (held !== null) return `, its version ${nameOfVersion(held)}`;
  return isValid ? '' : ', which is left aside because it is broken';
}

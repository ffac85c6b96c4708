import { closeNames } from '../core/close-names.ts';
import { UserError } from '../core/failure.ts';
import { shellQuoted } from '../core/gh-command.ts';
import { pullsByTarget } from '../core/risk/branch-stacks.ts';
import { type RepositoryRef, repositoryKey } from '../core/task/identity.ts';
import { mergesPerDay } from '../git/count-merges.ts';
import { loadBranchNames } from '../github/load-branch-names.ts';
import { loadConfig } from '../github/load-config.ts';
import { loadOpenPullRequests, type OpenPullRequest } from '../github/load-open-pull-requests.ts';
import { configInForce } from './config-in-force.ts';
import { loadReadiness, withReadiness, withReported } from './load-readiness.ts';
import { loadDependents } from './look-into-clone.ts';
import type { OperationContext } from './operation.ts';
import { type RiskClone, riskCacheFolder } from './risk-clone.ts';
import type { RiskFacts, RiskWish } from './risk-facts.ts';
import { riskLimits } from './risk-limits.ts';
import { type PullFindings, riskOfPulls } from './risk-of-pulls.ts';

interface Sources {
  readonly repository: RepositoryRef;
  readonly clone: RiskClone | null;
}

/** The open pull requests of one base branch, with all that their order depends on. */
export async function riskOfGitHub(context: OperationContext, sources: Sources, wish: RiskWish): Promise<RiskFacts> {
  const { repository, clone } = sources;
  const loaded = await loadConfig(context.github, repository);
  const { config, remarks } = configInForce(loaded, repository.owner);
  const name = wish.base ?? loaded.defaultBranch;
  if (name === null) throw noBase(repository);
  const onPage = (done: number): void => context.onProgress?.({ label: 'reading pull requests', done, total: null });
  const pulls = await loadOpenPullRequests(context.github, repository, onPage);
  const trunk = new Set([name, ...(loaded.defaultBranch === null ? [] : [loaded.defaultBranch])]);
  if (!trunkHas(pulls, wish.base, loaded.defaultBranch)) await demandBranch(context, repository, name);
  const into = pullsByTarget(pulls, trunk).get(name) ?? [];
  const found = await riskOfPulls(context, {
    ...{ base: name, config, clone, scope: wish.scope, learnedIn: historyFolder(context, repository) },
    pulls: into,
    ...{ asked: new Set(wish.only), onlyAsked: wish.only !== undefined },
    isThorough: wish.isThorough,
  });
  const { base, pairs, onBase, isRegenerated } = found;
  const merging = clone === null || base === null ? null : await mergesPerDay(clone.repository, base, context.now());
  const { remarks: unread, ...depends } = await loadDependents(context, clone, found);
  const asked = wish.only === undefined ? into : into.filter(({ ref }) => wish.only?.includes(`#${ref.number}`));
  const ready = await loadReadiness(context, repository, { base: name, pulls: asked, audience: wish.audience });
  return {
    ...{ repository, remote: remoteOf(sources, context), pairs, isRegenerated },
    notListed: found.notListed,
    unlisted: found.notListed.unknown + found.notListed.notReached,
    onBase: withReported(onBase, ready),
    changes: withReadiness(found.changes, ready, { onBase, pairs }),
    base: { name, commit: base?.commit ?? null },
    ...depends,
    mergeMethod: ready.mergeMethod,
    limits: riskLimits(wish.maxWait ?? config.risk.max_wait, { now: context.now(), mergesPerDay: merging }),
    gaps: [...loaded.gaps, ...ready.gaps, ...found.gaps],
    remarks: [
      ...remarks,
      // Both say it where nothing can be kept.
      ...new Set([...found.remarks, ...unread]),
      ...otherBases(pulls.filter((pull) => !into.includes(pull))),
      ...howToVerify(found, sources, context),
    ],
    orderRemarks: [],
  };
}

/** Whether nobody need ask for the branch. */
const trunkHas = (pulls: readonly OpenPullRequest[], asked: string | undefined, main: string | null): boolean =>
  asked === undefined || asked === main || pulls.some(({ base, branch }) => base === asked || branch === asked);

/** A branch without pull requests is fine; one that is not there is a slip, and "nothing conflicts" no answer to it. */
async function demandBranch({ github }: OperationContext, repository: RepositoryRef, name: string): Promise<void> {
  const { isThere, others } = await loadBranchNames(github, repository, name);
  if (isThere) return;
  const { owner, repo } = repository;
  const close = closeNames(name, others);
  const hint = close.length === 0 ? 'Name one that it has: --base main.' : `Did you mean ${close.join(' or ')}?`;
  throw new UserError('not_found', `${owner}/${repo} has no branch ${JSON.stringify(name)}.`, hint);
}

function noBase({ owner, repo }: RepositoryRef): UserError {
  const hint = 'Name the branch that the pull requests go into: --base main.';
  return new UserError('not_found', `GitHub names no default branch of ${owner}/${repo}.`, hint);
}

/** Where what past merges of a repository taught is kept on this machine; null where nothing is. */
export function historyFolder(
  { machine, github }: Pick<OperationContext, 'machine' | 'github'>,
  { owner, repo }: RepositoryRef,
): string | null {
  if (machine === undefined) return null;
  return riskCacheFolder(machine.cacheFolder, { origin: { host: github.origin, owner, repo }, folder: '' });
}

function otherBases(others: readonly OpenPullRequest[]): readonly string[] {
  if (others.length === 0) return [];
  const names = [...new Set(others.map((pull) => pull.base))].slice(0, 3).join(', ');
  const count = others.length === 1 ? '1 open pull request goes' : `${others.length} open pull requests go`;
  return [`${count} into other branches (${names}); name one with --base.`];
}

const fetchFrom = (remote: string): string => `git fetch ${shellQuoted(remote)} 'refs/pull/*/head:refs/remotes/pull/*'`;

/** The clone may be one of somebody's fork, whose `origin` that is. */
function remoteOf({ repository, clone }: Sources, { github }: Pick<OperationContext, 'github'>): string | null {
  const wanted = repositoryKey(repository);
  const fits = [...(clone?.remotes ?? [])].filter(
    ([, at]) => at.host === github.origin && repositoryKey(at) === wanted,
  );
  return fits.find(([name]) => name === 'origin')?.[0] ?? fits[0]?.[0] ?? null;
}

function howToVerify(
  { absent, judged }: PullFindings,
  sources: Sources,
  context: Pick<OperationContext, 'github'>,
): readonly string[] {
  if (absent === 0) return [];
  const { owner, repo } = sources.repository;
  if (sources.clone === null)
    return [`Everything is estimated. In a clone of ${owner}/${repo}, after ${fetchFrom('origin')}, it is verified.`];
  const from = remoteOf(sources, context) ?? `https://${context.github.origin}/${owner}/${repo}.git`;
  return [
    `Of ${absent} of ${judged} heads the clone cannot tell; after ${fetchFrom(from)} their pairs are verified, not estimated.`,
  ];
}

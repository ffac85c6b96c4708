/**
 * Answers a merge queue that asks for checks: posts `parasol/risk` and `parasol/readiness` on the head of the group, those
 * that the configuration posts anywhere (`mode: comment` or `enforce`), because each of them may be required. What they say
 * there is in `core/readiness/plan-group-checks.ts`. Nothing is sent once the group is over (`stop`); where nobody knows
 * whether it was answered before (`resumes`), only what is missing.
 */
import { UserError } from '../core/failure.ts';
import { type MergeGroup, planGroupChecks, type Shipment } from '../core/readiness/plan-group-checks.ts';
import type { PostingMode } from '../core/readiness/plan-readiness-check.ts';
import { repositoryKey } from '../core/task/identity.ts';
import { findOwnCheck } from '../github/find-own-check.ts';
import { githubFailure } from '../github/github-failure.ts';
import { loadConfig } from '../github/load-config.ts';
import { applyChanges, type ChangeOutcome } from './apply-changes.ts';
import { configInForce, isConfigGap } from './config-in-force.ts';
import { judgeScope } from './judge-scope.ts';
import type { OperationContext } from './operation.ts';
import { type ReleaseWish, wantsBranch } from './release-wish.ts';

/** Throws what GitHub fails with, after it tried both checks. */
export async function answerMergeGroup(
  context: OperationContext,
  group: MergeGroup,
  { resumes = false }: { readonly resumes?: boolean } = {},
): Promise<readonly ChangeOutcome[]> {
  const loaded = await loadConfig(context.github, group.repository);
  // What nobody could read switches nothing on.
  if (context.stop?.aborted || loaded.gaps.some(isConfigGap)) return [];
  const { risk, readiness } = configInForce(loaded).config;
  const wish = { mode: postingMode(readiness.mode), branches: readiness.release_branches };
  const planned = planGroupChecks({
    group,
    riskMode: postingMode(risk.mode),
    readiness: wish.mode === null ? null : { mode: wish.mode, shipment: await findShipment(context, group, wish) },
  });
  const outcomes: ChangeOutcome[] = [];
  for (const change of planned) {
    if (resumes && (await findOwnCheck(context.github, change)) !== null) continue;
    if (!context.stop?.aborted) outcomes.push(...(await applyChanges(context, [change])));
  }
  const failed = outcomes.find(({ outcome }) => outcome === 'failed');
  if (failed !== undefined) throw failed.cause ?? new Error(failed.reason ?? 'the check was not written');
  return outcomes;
}

const postingMode = (mode: 'off' | PostingMode | 'observe'): PostingMode | null =>
  mode === 'comment' || mode === 'enforce' ? mode : null;

async function findShipment(context: OperationContext, group: MergeGroup, wish: ReleaseWish): Promise<Shipment> {
  const { repository, pull: number } = group;
  if (number === null) return { kind: 'unknown', why: "the queue's branch names no pull request" };
  const pull = await loadHead(context, group, number);
  if (pull === null) return { kind: 'unknown', why: `#${number} cannot be read` };
  const isOwn = pull.repository !== null && repositoryKey(pull.repository) === repositoryKey(repository);
  if (!isOwn || !wantsBranch(wish, pull.branch)) return { kind: 'nothing' };
  const { report } = await judgeScope(context, repository, `branch:${pull.branch}`);
  const at = report.scope.base_sha;
  if (at === pull.sha) return { kind: 'release', report };
  const now = at === null ? 'cannot be read' : `moved from ${pull.sha.slice(0, 7)} to ${at.slice(0, 7)}`;
  return { kind: 'unknown', why: `${pull.branch} ${now}` };
}

/** Null for a pull request that is gone or out of sight. */
async function loadHead({ github }: OperationContext, { repository: { owner, repo } }: MergeGroup, number: number) {
  try {
    const { data } = await github.rest.pulls.get({ owner, repo, pull_number: number });
    const { ref: branch, sha, repo: home } = data.head;
    return { branch, sha, repository: home === null ? null : { owner: home.owner.login, repo: home.name } };
  } catch (cause) {
    const failure = githubFailure(cause, `read ${owner}/${repo}#${number}`);
    if (failure instanceof UserError && (failure.code === 'not_found' || failure.code === 'forbidden')) return null;
    throw failure;
  }
}

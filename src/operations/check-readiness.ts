/**
 * Keeps the check run `parasol/readiness` on the head of a release branch: the verdict of `branch:NAME` as its title, the
 * report as its text. Used by the App with `readiness: { mode: comment }`, where it is neutral, or `enforce`, where it fails.
 *
 * A verdict is about one commit and ends: when the branch moves, the check on the commit before says so, and the new head gets
 * its own; when its time is up it is made anew. A commit that several release branches are at has one check, which speaks for
 * all of them with the worst of their verdicts, and is not over while one of them is still there. The check stands on release
 * branches alone: a branch rule that requires it of every pull request waits for ever on those from elsewhere.
 */
import { UserError } from '../core/failure.ts';
import { READINESS_CHECK } from '../core/own-checks.ts';
import { type PostingMode, planExpiredCheck, planReadinessCheck } from '../core/readiness/plan-readiness-check.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import { findOwnCheck } from '../github/find-own-check.ts';
import { applyChanges, type ChangeOutcome } from './apply-changes.ts';
import { type JudgedScope, judgeScope } from './judge-scope.ts';
import type { OperationContext } from './operation.ts';
import { listReleaseHeads, loadReleaseWish, type ReleaseWish, wantsBranch } from './release-wish.ts';

interface ReleaseBranch {
  readonly repository: RepositoryRef;
  readonly branch: string;
  /** The heads that a push told of: what it replaced, or null where the branch is new. */
  readonly moved: { readonly before: string | null } | null;
  /** Lets GitHub's replicas catch up. */
  readonly pause: () => Promise<void>;
}

interface CheckedReadiness {
  readonly wish: ReleaseWish;
  /** Null where nobody wants a check there. */
  readonly judged: JudgedScope | null;
  /** Release branches that are at the commit which a push left: its check is theirs. */
  readonly left: readonly string[];
  readonly changes: readonly ChangeOutcome[];
}

/** Throws `not_found` where there is no such branch, and whatever GitHub fails with. */
export async function checkReadiness(context: OperationContext, asked: ReleaseBranch): Promise<CheckedReadiness> {
  const { repository, branch } = asked;
  const wish = await loadReleaseWish(context, repository);
  const { mode } = wish;
  if (mode === null || !wantsBranch(wish, branch)) return { wish, judged: null, left: [], changes: [] };
  const judged = await judgeFresh(context, asked);
  const sha = judged.report.scope.base_sha;
  if (sha === null) throw noHead(asked);
  const before = asked.moved?.before ?? null;
  const heads = await listReleaseHeads(context, repository, wish);
  const othersAt = (commit: string): readonly string[] =>
    [...heads].flatMap(([name, head]) => (head === commit && name !== branch ? [name] : []));
  const left = before === null || before === sha ? [] : othersAt(before);
  const isOld = before !== null && before !== sha && left.length === 0;
  const planned = [
    ...(isOld ? await planOld(context, { ...asked, from: before, to: sha, mode }) : []),
    ...planReadinessCheck({
      ...{ repository, sha, mode },
      reports: [
        { branch, report: judged.report },
        ...(await judgeAt(context, repository, { sha, branches: othersAt(sha) })),
      ],
      ownCheck: await findOwnCheck(context.github, { repository, sha, name: READINESS_CHECK }),
    }),
  ];
  const changes = await applyChanges(context, planned);
  const failed = changes.find(({ outcome }) => outcome === 'failed');
  if (failed !== undefined) throw failed.cause ?? noHead(asked);
  return { wish, judged, left, changes };
}

/** A report on the commit that a push replaced is older than the push. */
async function judgeFresh(context: OperationContext, asked: ReleaseBranch): Promise<JudgedScope> {
  const { repository, branch, moved, pause } = asked;
  const first = await judgeScope(context, repository, `branch:${branch}`);
  if (moved === null || moved.before === null || first.report.scope.base_sha !== moved.before) return first;
  await pause();
  return judgeScope(context, repository, `branch:${branch}`);
}

/** The reports of other branches, but for those that are no longer at the commit. */
async function judgeAt(
  context: OperationContext,
  repository: RepositoryRef,
  { sha, branches }: { readonly sha: string; readonly branches: readonly string[] },
) {
  const reports = [];
  for (const branch of branches) {
    const { report } = await judgeScope(context, repository, `branch:${branch}`);
    if (report.scope.base_sha === sha) reports.push({ branch, report });
  }
  return reports;
}

interface Moved extends ReleaseBranch {
  readonly from: string;
  readonly to: string;
  readonly mode: PostingMode;
}

async function planOld({ github }: OperationContext, { repository, branch, from, to, mode }: Moved) {
  const ownCheck = await findOwnCheck(github, { repository, sha: from, name: READINESS_CHECK });
  return planExpiredCheck({ repository, branch, from, to, mode, ownCheck });
}

const noHead = ({ repository: { owner, repo }, branch }: ReleaseBranch): UserError =>
  new UserError(
    'github_unavailable',
    `Which commit ${branch} of ${owner}/${repo} is at could not be read.`,
    'It is tried again after the next event.',
  );

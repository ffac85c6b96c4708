import type { PullRequestFacts } from '../../task/facts.ts';
import { formatRef } from '../../task/identity.ts';
import { authorOf, maintainer } from '../actors.ts';
import type { DraftFinding } from '../criterion.ts';
import { nameOfPullRequest } from '../item-name.ts';
import type { Evidence } from '../report-schema.ts';
import type { Presence } from './presence.ts';

interface LossPlace {
  readonly baseBranch: string;
  /** Pull requests by the commits that they were merged as. */
  readonly byMergeCommit: ReadonlyMap<string, PullRequestFacts>;
}

/** What was merged and is gone though nobody said so, who knows about it and what to do; null where it is not. */
export function lossFinding(pullRequest: PullRequestFacts, presence: Presence, place: LossPlace): DraftFinding | null {
  if (presence.state === 'undone') return undoneFinding(pullRequest, presence, place);
  return presence.state === 'missing' ? missingFinding(pullRequest, place) : null;
}

/** Whoever merged the commit that undid it knows best what it meant to do. */
function undoneFinding(
  pullRequest: PullRequestFacts,
  { by, evidence, lost }: Extract<Presence, { readonly state: 'undone' }>,
  { byMergeCommit }: LossPlace,
): DraftFinding {
  const name = formatRef(pullRequest.ref);
  const culprit = byMergeCommit.get(by.sha);
  const whose = culprit === undefined ? `${by.sha.slice(0, 7)} (${by.subject})` : formatRef(culprit.ref);
  const [file] = evidence.files;
  const more = evidence.files.length > 1 ? ` and ${evidence.files.length - 1} more files` : '';
  return {
    kind: 'silent_revert',
    effect: 'fails',
    item: nameOfPullRequest(pullRequest),
    names: culprit === undefined ? [] : [culprit.ref],
    since: by.at,
    why: `${whose} put ${Math.round(evidence.share * 100)} % of its lines back to what they were, without saying so`,
    actor: culprit === undefined ? authorOf(pullRequest) : authorOf(culprit),
    action: {
      text: `bring ${name} back${file === undefined ? '' : ` in ${file.path}${more}`}, or say in a revert that it was meant`,
      // Of a merge what it brought; since git 2.21 `-m 1` fits any other commit too.
      command: `git cherry-pick -m 1 ${lost.join(' ')}`,
      url: pullRequest.url,
    },
    evidence: evidence.files.map(({ path, removed, restored, places }): Evidence => {
      const line = places[0]?.after;
      const [base] = pullRequest.url.split('/pull/');
      return {
        text: `${by.sha.slice(0, 7)} took ${removed} of its lines out of ${path} and brought ${restored} old ones back`,
        url: `${base}/commit/${by.sha}`,
        path,
        sha: by.sha,
        ...(line === undefined || line < 1 ? {} : { line }),
      };
    }),
  };
}

function missingFinding(pullRequest: PullRequestFacts, { baseBranch }: LossPlace): DraftFinding {
  const name = formatRef(pullRequest.ref);
  return {
    kind: 'not_on_base',
    effect: 'fails',
    item: nameOfPullRequest(pullRequest),
    names: [],
    since: pullRequest.mergedAt,
    why: `it was merged into ${baseBranch}, and neither its commit nor the same change is there`,
    actor: pullRequest.mergedBy === null ? maintainer(pullRequest.ref) : { name: pullRequest.mergedBy, kind: 'person' },
    action: {
      text: `find out what became of ${name} on ${baseBranch}, and merge it again`,
      command: null,
      url: pullRequest.url,
    },
    evidence: [
      {
        text: `merged as ${pullRequest.mergeCommitSha?.slice(0, 7) ?? 'a commit that GitHub does not name'}`,
        url: pullRequest.url,
      },
    ],
  };
}

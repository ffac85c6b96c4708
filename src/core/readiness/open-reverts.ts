import { ghCommandOn } from '../gh-command.ts';
import type { PullRequestFacts } from '../task/facts.ts';
import { formatRef, refKey, repositoryKey } from '../task/identity.ts';
import { revertTargets } from '../task/reverts.ts';
import { authorOf } from './actors.ts';
import { compareRefs } from './compare-refs.ts';
import type { DraftFinding, ReadinessView } from './criterion.ts';
import { nameOfPullRequest } from './item-name.ts';

/** Open pull requests into the base that would take merged work of the scope out again: no failure, but good to know before. */
export function openReverts({ facts, work }: ReadinessView): readonly DraftFinding[] {
  const { scope, pullRequests: inScope } = facts;
  const reverting = [...facts.work.pullRequests].filter(
    ([, one]) =>
      one.state === 'open' &&
      one.baseRefName === scope.baseBranch &&
      repositoryKey(one.ref) === repositoryKey(scope.repository) &&
      (one.stated.reverting.length > 0 || one.stated.revertedCommits.length > 0),
  );
  if (reverting.length === 0) return [];
  const targets = revertTargets(facts.work);
  return reverting
    .toSorted(([, a], [, b]) => compareRefs(a.ref, b.ref))
    .flatMap(([key, one]) => {
      const reverted = [...(targets.get(key) ?? [])]
        .filter((target) => inScope.has(target) && work.reverts.get(target)?.isReverted !== true)
        .flatMap((target) => facts.work.pullRequests.get(target) ?? [])
        .filter(({ state }) => state === 'merged')
        .sort((a, b) => compareRefs(a.ref, b.ref));
      return reverted.map((target) => findingOf(one, target));
    });
}

function findingOf(one: PullRequestFacts, target: PullRequestFacts): DraftFinding {
  const [name, what] = [formatRef(one.ref), formatRef(target.ref)];
  return {
    kind: 'open_revert',
    part: refKey(target.ref),
    effect: 'informs',
    item: nameOfPullRequest(one),
    names: [one.ref, target.ref],
    since: one.readyAt ?? one.createdAt,
    why: `it is open and would take ${what} out again`,
    actor: authorOf(one),
    action: {
      text: `decide on ${name} before this ships: merge it, or close it`,
      command: ghCommandOn('pr view', one),
      url: one.url,
    },
    evidence: [{ text: one.stated.reverting[0]?.quote ?? one.title, url: one.url }],
  };
}

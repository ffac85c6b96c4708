import { isDependencyBot } from '../../risk/is-dependency-bot.ts';
import type { PullRequestFacts } from '../../task/facts.ts';
import { formatRef } from '../../task/identity.ts';
import { authorOf } from '../actors.ts';
import type { DraftLine, TodayView } from './today-view.ts';

/**
 * Open pull requests that conflict with their base, as GitHub says, or with each other, as trial merges in a clone do. Bots
 * that update dependencies rebase by themselves.
 */
export function conflictLines({ snapshot, pairs }: TodayView): readonly DraftLine[] {
  const open = [...snapshot.pullRequests.values()].filter(
    ({ state, isDraft, author }) => state === 'open' && !isDraft && !isDependencyBot(author),
  );
  const byName = new Map(open.map((pullRequest) => [`#${pullRequest.ref.number}`, pullRequest]));
  const met = (pairs ?? []).flatMap(({ a, b, finding }): readonly DraftLine[] => {
    const [one, other] = [byName.get(a), byName.get(b)];
    if (finding.basis !== 'verified' || finding.verdict !== 'conflict') return [];
    return one === undefined || other === undefined ? [] : [betweenTwo(one, other, finding.files[0]?.path)];
  });
  return [...open.filter(({ mergeable }) => mergeable === 'conflicting').map(withBase), ...met];
}

function withBase(pullRequest: PullRequestFacts): DraftLine {
  const { title, url, baseRefName, ref } = pullRequest;
  return {
    kind: 'conflict',
    ref: formatRef(ref),
    title,
    url,
    why: `it conflicts with ${baseRefName}`,
    since: null,
    actor: authorOf(pullRequest),
    action: { text: `resolve the conflicts of ${formatRef(ref)}`, command: null, url },
  };
}

/** Whoever came later adapts: the other is nearer to being merged. */
function betweenTwo(one: PullRequestFacts, other: PullRequestFacts, path: string | undefined): DraftLine {
  const since = (pullRequest: PullRequestFacts): string => pullRequest.readyAt ?? pullRequest.createdAt;
  const [first, later] = since(one) <= since(other) ? [one, other] : [other, one];
  const [name, before] = [formatRef(later.ref), formatRef(first.ref)];
  return {
    kind: 'conflict',
    ref: name,
    title: later.title,
    url: later.url,
    why: `it conflicts with ${before}${path === undefined ? '' : ` in ${path}`} (verified)`,
    since: since(later),
    actor: authorOf(later),
    action: { text: `agree with the author of ${before} who merges first`, command: null, url: first.url },
  };
}

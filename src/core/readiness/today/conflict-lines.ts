import { isDependencyBot } from '../../risk/is-dependency-bot.ts';
import type { PairRisk } from '../../risk/pair-risk.ts';
import type { PullRequestFacts } from '../../task/facts.ts';
import { formatRef, repositoryKey } from '../../task/identity.ts';
import { authorOf } from '../actors.ts';
import { compareText } from '../compare-refs.ts';
import type { DraftLine, TodayView } from './today-view.ts';

/**
 * Open pull requests that conflict with their base, as GitHub says, or with each other, as trial merges in a clone do. Bots
 * that update dependencies rebase by themselves.
 */
export function conflictLines({ snapshot, repository, pairs }: TodayView): readonly DraftLine[] {
  const open = [...snapshot.pullRequests.values()].filter(
    ({ state, isDraft, author }) => state === 'open' && !isDraft && !isDependencyBot(author),
  );
  const meetings = meetingsOf(
    open.filter(({ ref }) => repositoryKey(ref) === repositoryKey(repository)),
    pairs ?? [],
  );
  return [
    ...open.filter(({ mergeable }) => mergeable === 'conflicting').map(withBase),
    ...[...meetings].map(([later, met]) => withOthers(later, met)),
  ];
}

/** What a pull request conflicts with that came before it, and where. */
interface Met {
  readonly first: PullRequestFacts;
  readonly path: string | undefined;
}

/** By the pull request that came later, who adapts: the other is nearer to being merged. */
function meetingsOf(
  open: readonly PullRequestFacts[],
  pairs: readonly PairRisk[],
): ReadonlyMap<PullRequestFacts, readonly Met[]> {
  const byName = new Map(open.map((pullRequest) => [`#${pullRequest.ref.number}`, pullRequest]));
  const meetings = new Map<PullRequestFacts, Met[]>();
  for (const { a, b, finding } of pairs) {
    const [one, other] = [byName.get(a), byName.get(b)];
    if (one === undefined || other === undefined) continue;
    if (finding.basis !== 'verified' || finding.verdict !== 'conflict') continue;
    const [first = one, later = other] = [one, other].toSorted(byTime);
    meetings.set(later, [...(meetings.get(later) ?? []), { first, path: finding.files[0]?.path }]);
  }
  return meetings;
}

const sinceOf = (pullRequest: PullRequestFacts): string => pullRequest.readyAt ?? pullRequest.createdAt;

const byTime = (a: PullRequestFacts, b: PullRequestFacts): number =>
  compareText(sinceOf(a), sinceOf(b)) || a.ref.number - b.ref.number;

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

/** One line however many it meets: who must agree is told by the first of them, and how many more there are. */
function withOthers(later: PullRequestFacts, met: readonly Met[]): DraftLine {
  const [nearest, ...more] = met.toSorted((a, b) => byTime(a.first, b.first));
  if (nearest === undefined) throw new Error('a conflict takes two');
  const { first, path } = nearest;
  const [name, before] = [formatRef(later.ref), formatRef(first.ref)];
  const others = more.length === 0 ? '' : `, and with ${more.length} more`;
  const isOwn = met.every((one) => one.first.author !== null && one.first.author === later.author);
  const text = isOwn
    ? `decide which is merged first: ${before}${more.length === 0 ? ` or ${name}` : `, ${more.length} more or ${name}`}`
    : `agree with the author of ${before}${more.length === 0 ? '' : ` and those of ${more.length} more`} who merges first`;
  return {
    kind: 'conflict',
    ref: name,
    title: later.title,
    url: later.url,
    why: `it conflicts with ${before}${path === undefined ? '' : ` in ${path}`}${others} (verified)`,
    since: sinceOf(later),
    actor: authorOf(later),
    action: { text, command: null, url: first.url },
  };
}

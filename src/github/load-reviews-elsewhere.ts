import { loginKey } from '../core/reviewers/past-change.ts';
import type { PullReviews, ReviewStep } from '../core/reviewers/pull-reviews.ts';
import type { Instant } from '../core/task/facts.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { GraphqlProblem } from './client.ts';
import type { Gathering } from './gathering.ts';
import { type CommitNode, mapPullReviews, type PullReviewsNode, type ReviewNode } from './map-pull-reviews.ts';
import type { Connection, Maybe, PlaceNode } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { elsewhereQuery } from './queries/review-queries.ts';
import { truncated } from './unread.ts';

const PEOPLE_PER_CALL = 10;
/** Four calls. GitHub's search is slow, and nobody waits for it longer. */
const MOST_PEOPLE = 40;

interface Found extends PullReviewsNode {
  readonly __typename: string;
  readonly repository: PlaceNode;
  /** Its last reviews and commits, in one list: what tells whether its author was answered. */
  readonly answers?: Maybe<Pick<Connection<AnswerNode>, 'nodes'>>;
}

type AnswerNode =
  | ({ readonly __typename: 'PullRequestReview' } & ReviewNode)
  | ({ readonly __typename: 'PullRequestCommit' } & CommitNode);

/**
 * What waits for people in the other repositories of the same owner, as far as the token sees it: by login, at most 30 pull
 * requests for each of 40 people, the first ones given, drafts left out: what they requested changes of and are not asked for again
 * is not among them. What was not looked for is a gap that says of whom.
 */
export async function loadReviewsElsewhere(
  gathering: Gathering,
  { owner, repo }: RepositoryRef,
  logins: readonly string[],
): Promise<ReadonlyMap<string, readonly PullReviews[]>> {
  const waiting = new Map<string, readonly PullReviews[]>();
  const wordsFor = (of: string): string => `review requests${of} in other repositories of ${owner}`;
  const what = wordsFor('');
  const asked = logins.slice(0, MOST_PEOPLE);
  const cut: string[] = [];
  await noteGap(gathering, { what, permission: 'pull_requests: read' }, async () => {
    // One of the pull requests that were found: the others are still told.
    let hidden: GraphqlProblem | null = null;
    for (let from = 0; from < asked.length; from += PEOPLE_PER_CALL) {
      const people = asked.slice(from, from + PEOPLE_PER_CALL);
      const searches = people.map((login, n) => [`p${n}`, searchFor({ owner, repo }, login)]);
      const reply = await gathering.client.graphql<Readonly<Record<string, Connection<Found> | null>>>(
        elsewhereQuery(people.length),
        Object.fromEntries(searches),
        { tried: `look for ${what}` },
      );
      for (const [n, login] of people.entries()) {
        const list = reply.data[`p${n}`];
        if (list != null) waiting.set(login, pullsOf(list));
        if (list?.pageInfo?.hasNextPage === true) cut.push(login);
      }
      const refused = reply.problems.find(({ path }) => path.length === 1);
      if (refused !== undefined) return refused;
      hidden ??= reply.problems.find(({ path }) => path.length === 3 && path[1] === 'nodes') ?? null;
    }
    return hidden;
  });
  const left = logins.length - asked.length;
  if (left > 0) gathering.gaps.push(truncated(wordsFor(` of ${left} of ${logins.length} people`)));
  if (cut.length > 0) gathering.gaps.push(truncated(wordsFor(` beyond the first 30 of ${cut.join(', ')}`)));
  return waiting;
}

const searchFor = ({ owner, repo }: RepositoryRef, login: string): string =>
  `is:pr is:open draft:false archived:false user:${owner} -repo:${owner}/${repo} review-requested:${login}`;

const pullsOf = ({ nodes }: Connection<Found>): readonly PullReviews[] =>
  (nodes ?? []).flatMap((node) => (node === null ? [] : toPull(node)));

function toPull(node: Found): readonly PullReviews[] {
  if (node.__typename !== 'PullRequest') return [];
  const { name, owner } = node.repository;
  const all = node.answers?.nodes ?? [];
  // Reviews without the commits that answer them would take work off a person that waits on them.
  const answers = all.includes(null) ? [] : all.filter((one) => one !== null);
  const reviews = answers.filter((one) => one.__typename === 'PullRequestReview');
  const commits = answers.filter((one) => one.__typename === 'PullRequestCommit');
  const lists = { reviews: { nodes: reviews }, commits: { nodes: commits } };
  const pull = mapPullReviews({ owner: owner.login, repo: name }, { ...node, ...lists }, false);
  return [{ ...pull, asked: stillAsked(pull) }];
}

/** Who was asked, was not taken off, and has not reviewed since. */
function stillAsked({ steps, reviews }: PullReviews): readonly string[] {
  const last = new Map<string, Extract<ReviewStep, { readonly reviewer: string | null }>>();
  for (const step of steps)
    if ((step.kind === 'asked' || step.kind === 'removed') && step.reviewer !== null)
      last.set(loginKey(step.reviewer), step);
  const hasReviewed = (key: string, at: Instant): boolean =>
    reviews.some((review) => loginKey(review.login) === key && Date.parse(review.at) > Date.parse(at));
  return [...last].flatMap(([key, { kind, at, reviewer }]) =>
    kind === 'asked' && !hasReviewed(key, at) ? (reviewer ?? []) : [],
  );
}

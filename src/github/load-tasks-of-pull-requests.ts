import type { Config } from '../core/config.ts';
import type { PullRequestFacts } from '../core/task/facts.ts';
import { type Ref, refKey, repositoryKey } from '../core/task/identity.ts';
import { tasksNamedBy } from '../core/task/link-pull-requests.ts';
import { plannedIdKey, plannedIdOf } from '../core/task/planned-id.ts';
import { askInBatches } from './ask-smaller.ts';
import type { GraphqlProblem } from './client.ts';
import type { Gathering } from './gathering.ts';
import { loadByRef } from './load-by-ref.ts';
import { loadTasksById } from './load-descendants.ts';
import type { Connection, IssuePlaceNode, Maybe } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { CLOSED_ISSUES } from './queries/readiness-queries.ts';
import { SEARCHES_PER_CALL, searchesQuery } from './queries/searches-query.ts';
import type { Unread } from './unread.ts';

/** Anybody may write thousands of numbers into a text; GitHub finds 20 a call. */
const MOST_NAMED = 400;
const MOST_PLANNED_IDS = 200;

/**
 * Reads the tasks that pull requests of one repository belong to and that are not among those read already: those that GitHub says they
 * close, and those that their texts, branches and commits name, by number or by planned id. One call per 100 pull requests,
 * one per 20 names, one per 100 tasks. What is left out is a gap.
 */
export async function loadTasksOfPullRequests(
  gathering: Gathering,
  pullRequests: readonly PullRequestFacts[],
  config: Config,
): Promise<void> {
  const what = pullRequests.length === 1 ? 'tasks of 1 pull request' : `tasks of ${pullRequests.length} pull requests`;
  await noteGap(gathering, { what, permission: 'issues: read' }, async () => {
    const closed = await loadClosedIds(gathering, pullRequests);
    if (closed.refusal !== null) return closed.refusal;
    await loadTasksById(gathering, missing(gathering, closed.ids));
    const named = namesOf(gathering, pullRequests, config);
    const refs = named.refs.slice(0, MOST_NAMED);
    const found = await loadByRef<IssuePlaceNode>(gathering.client, refs, { kind: 'issue', unread: gathering.unread });
    const searched = await searchPlannedIds(gathering, named.plannedIds.slice(0, MOST_PLANNED_IDS), config.tasks.ids);
    await loadTasksById(gathering, missing(gathering, [...found.map(({ id }) => id), ...searched]));
    return named.refs.length > MOST_NAMED || named.plannedIds.length > MOST_PLANNED_IDS ? 'truncated' : null;
  });
}

const missing = ({ taskKeys }: Gathering, ids: readonly string[]): readonly string[] =>
  [...new Set(ids)].filter((id) => !taskKeys.has(id));

interface ClosingNode {
  readonly id?: string;
  readonly closingIssuesReferences?: Maybe<Connection<IssuePlaceNode>>;
}

interface ClosingAnswer {
  readonly repository: { readonly issues: Maybe<{ readonly totalCount: number }> } | null;
  readonly nodes: readonly (ClosingNode | null)[];
}

interface ClosedIds {
  readonly ids: readonly string[];
  /** Why there may be more of them. */
  readonly refusal: GraphqlProblem | null;
}

async function loadClosedIds(
  { client, unread }: Gathering,
  pullRequests: readonly PullRequestFacts[],
): Promise<ClosedIds> {
  const found: string[] = [];
  let refusal: GraphqlProblem | null = null;
  const [{ ref } = { ref: { owner: '', repo: '' } }] = pullRequests;
  const place = { owner: ref.owner, repo: ref.repo };
  const ids = pullRequests.map(({ nodeId }) => nodeId);
  await askInBatches(ids, 100, async (batch, patience) => {
    const tried = `read what ${batch.length} pull requests close`;
    const reply = await client.graphql<ClosingAnswer>(CLOSED_ISSUES, { ...place, ids: batch }, { tried, ...patience });
    unread.note(reply);
    refusal ??= refusalIn(reply.data, unread);
    for (const node of reply.data.nodes) {
      found.push(...(node?.closingIssuesReferences?.nodes ?? []).flatMap((issue) => issue?.id ?? []));
    }
  });
  return { ids: found, refusal };
}

/** Of the repository's issues, or of what one of the pull requests closes. */
function refusalIn(answer: ClosingAnswer, unread: Unread): GraphqlProblem | null {
  const { repository, nodes } = answer;
  const refusals = [
    repository === null ? unread.at(answer, 'repository') : unread.at(repository, 'issues'),
    ...nodes.map((node, n) => (node === null ? unread.at(nodes, n) : unread.at(node, 'closingIssuesReferences'))),
    ...nodes
      .map((node) => node?.closingIssuesReferences?.nodes ?? [])
      .flatMap((closed) => closed.map((_, n) => unread.at(closed, n))),
  ];
  return refusals.find((one) => one !== null) ?? null;
}

interface PlacedId {
  readonly id: string;
  readonly repository: Ref;
}

interface Names {
  readonly refs: readonly Ref[];
  readonly plannedIds: readonly PlacedId[];
}

/** Those that no task which was read answers to. */
function namesOf({ tasks }: Gathering, pullRequests: readonly PullRequestFacts[], config: Config): Names {
  const refs = new Map<string, Ref>();
  const plannedIds = new Map<string, PlacedId>();
  const { ids } = config.tasks;
  const known = new Set([...tasks.values()].map((task) => plannedIdKey(plannedIdOf(task, ids) ?? '')));
  for (const pullRequest of pullRequests) {
    const names = tasksNamedBy(pullRequest, config);
    for (const ref of names.refs) if (!tasks.has(refKey(ref))) refs.set(refKey(ref), ref);
    for (const id of names.plannedIds) {
      const key = `${repositoryKey(pullRequest.ref)} ${plannedIdKey(id)}`;
      if (!known.has(plannedIdKey(id))) plannedIds.set(key, { id, repository: pullRequest.ref });
    }
  }
  return { refs: [...refs.values()], plannedIds: [...plannedIds.values()] };
}

interface FoundIssue {
  readonly id?: string;
  readonly title?: string;
}

/** GitHub's search is loose; what it finds is compared as the core reads planned ids. */
async function searchPlannedIds(
  { client, unread }: Gathering,
  wanted: readonly PlacedId[],
  ids: readonly string[],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (let from = 0; from < wanted.length; from += SEARCHES_PER_CALL) {
    const batch = wanted.slice(from, from + SEARCHES_PER_CALL);
    const texts = batch.map(
      ({ id, repository: { owner, repo } }) => `repo:${owner}/${repo} is:issue in:title "${id.replaceAll('"', '')}"`,
    );
    const variables = Object.fromEntries(texts.map((text, n) => [`text${n}`, text]));
    const reply = await client.graphql<Record<`found${number}`, Connection<FoundIssue> | null>>(
      searchesQuery(batch.length),
      variables,
      { tried: `search for ${batch.length} planned ids` },
    );
    unread.note(reply);
    for (const [n, { id }] of batch.entries()) {
      for (const node of reply.data[`found${n}`]?.nodes ?? []) {
        const planned = node?.title === undefined ? null : plannedIdOf({ title: node.title }, ids);
        const isMeant = planned !== null && plannedIdKey(planned) === plannedIdKey(id);
        if (isMeant && node?.id !== undefined) found.push(node.id);
      }
    }
  }
  return found;
}

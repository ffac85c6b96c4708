import type { ReleaseBranch, WantedBackport, WantedBackports } from '../core/readiness/backports/backport.ts';
import { branchesByLabel, labelsAstray } from '../core/readiness/backports/release-branches.ts';
import { refKey } from '../core/task/identity.ts';
import { askSmaller } from './ask-smaller.ts';
import type { BackportQuestion } from './backport-question.ts';
import type { Gathering } from './gathering.ts';
import { loadReleaseBranches } from './load-release-branches.ts';
import { refOf } from './map-task.ts';
import type { ActorNode, Connection, Maybe, PlaceNode } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { MARKED_PULL_REQUESTS } from './queries/readiness-queries.ts';

/** 2,000 marked pull requests since the release branch began; beyond, the rest is a gap. */
const MAX_PAGES = 20;

/** What is marked for release branches, by the labels of what was merged to the main branch: 1 call, and 1 per 100 of them. */
export async function loadWantedBackports(gathering: Gathering, question: BackportQuestion): Promise<WantedBackports> {
  const { main, releases, labels: all } = await loadReleaseBranches(gathering, question);
  const names = releases.map(({ name }) => name);
  const asking = main === null ? new Map<string, never>() : branchesByLabel(names, question.config.backport_labels);
  const isWhole = main !== null && question.branch === null && gathering.gaps.length === 0;
  const stray = isWhole ? labelsAstray(all, names, question.config.backport_labels) : [];
  const labelsAsked = [...asking.keys(), ...stray];
  const marked = labelsAsked.length === 0 ? [] : await loadMarked(gathering, question, labelsAsked);
  const labelled = marked.map((node) => ({ node, labels: labelByBranch(node, asking) }));
  const branches = releases.map((head): ReleaseBranch => {
    const wanted = labelled.flatMap(({ node, labels }) => {
      const label = labels.get(head.name);
      return label === undefined ? [] : [wantedOf(node, label)];
    });
    return { ...head, wanted: wanted.sort((a, b) => a.ref.number - b.ref.number) };
  });
  const astray = marked.flatMap((node) => {
    const [label] = stray.filter((one) => node.labels?.nodes?.some((carried) => carried?.name === one));
    return label === undefined ? [] : [wantedOf(node, label)];
  });
  return {
    main,
    branches: branches.filter(({ wanted }) => wanted.length > 0),
    ...(astray.length > 0 && { astray: astray.sort((a, b) => a.ref.number - b.ref.number) }),
    gaps: gathering.gaps,
  };
}

interface MarkedNode {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly updatedAt: string;
  readonly mergedAt: string | null;
  readonly author: ActorNode;
  readonly mergedBy: ActorNode;
  readonly mergeCommit: { readonly oid: string } | null;
  readonly repository: PlaceNode;
  readonly labels: Maybe<Connection<{ readonly name: string }>>;
  /** The latest 50, the oldest first. */
  readonly commits: Maybe<Connection<{ readonly commit: { readonly message: string } }>>;
}

interface MarkedAnswer {
  readonly repository: Maybe<{ readonly pullRequests: Maybe<Connection<MarkedNode>> }>;
}

async function loadMarked(
  gathering: Gathering,
  { repository, main, since, isAsked }: BackportQuestion,
  labels: readonly string[],
): Promise<readonly MarkedNode[]> {
  const what = `backport labels of pull requests of ${repository.owner}/${repository.repo}`;
  const found: MarkedNode[] = [];
  await noteGap(gathering, { what, permission: 'pull_requests: read' }, async () => {
    let size = 100;
    let after: string | null = null;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const reply = await askSmaller(size, (first, patience) =>
        gathering.client.graphql<MarkedAnswer>(
          MARKED_PULL_REQUESTS,
          { ...repository, base: main, labels, first, after },
          { tried: `read the ${what}`, ...patience },
        ),
      );
      size = reply.size;
      const list: Maybe<Connection<MarkedNode>> = reply.answer.data.repository?.pullRequests;
      if (list?.nodes == null) return reply.answer.problems[0] ?? { type: null, message: 'no answer', path: [] };
      const nodes = list.nodes.filter((node) => node !== null);
      found.push(...nodes.filter((node) => (node.mergedAt ?? '') >= since && isAsked(refKey(refOf(node)))));
      if (list.pageInfo?.hasNextPage !== true || nodes.some(({ updatedAt }) => updatedAt < since)) return null;
      after = list.pageInfo.endCursor;
    }
    return 'truncated';
  });
  return found;
}

/** By branch: the first of the labels that ask for it. GitHub knows no two labels that differ in case alone. */
function labelByBranch(
  { labels }: MarkedNode,
  asking: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, string> {
  const carried = new Map(
    (labels?.nodes ?? []).flatMap((node) => (node ? [[node.name.toLowerCase(), node.name]] : [])),
  );
  const found = new Map<string, string>();
  for (const [label, branches] of asking) {
    const name = carried.get(label.toLowerCase());
    for (const branch of name === undefined ? [] : branches) found.set(branch, found.get(branch) ?? name ?? label);
  }
  return found;
}

function wantedOf(node: MarkedNode, label: string): WantedBackport {
  const { title, url, author, mergedBy, mergedAt, updatedAt, mergeCommit, commits } = node;
  return {
    ...{ ref: refOf(node), title, url, label, mergeCommitSha: mergeCommit?.oid ?? null },
    mergedAt: mergedAt ?? updatedAt,
    mergedBy: mergedBy?.login ?? null,
    author: author?.login ?? null,
    messages: (commits?.nodes ?? []).flatMap((one) => (one ? [one.commit.message] : [])),
  };
}

import { UserError } from '../core/failure.ts';
import { formatRef, type Ref } from '../core/task/identity.ts';
import { batchNumberOf, isBatch } from '../core/umbrella/batch-umbrella.ts';
import type { ConfigTexts } from '../core/umbrella/config-of-snapshot.ts';
import type { FormerChild, ScaffoldChild, ScaffoldFacts } from '../core/umbrella/scaffold/scaffold-facts.ts';
import type { WorkSnapshot } from '../core/umbrella/snapshot.ts';
import { askSmaller } from './ask-smaller.ts';
import type { GitHubClient, GraphqlProblem, GraphqlReply } from './client.ts';
import { type ConfigAnswer, readConfigTexts } from './config-texts.ts';
import { demandAnswer, demandPart } from './demand-answer.ts';
import { type Gathering, startGathering } from './gathering.ts';
import { refOf } from './map-task.ts';
import type { ActorNode, Connection, Maybe, PlaceNode } from './nodes.ts';
import { SCAFFOLD_QUERY } from './queries/scaffold-queries.ts';
import { type BlobNode, textOfBlob } from './text-of-blob.ts';

export interface ScaffoldRead extends ConfigTexts, Pick<WorkSnapshot, 'gaps'> {
  readonly facts: ScaffoldFacts;
  readonly url: string;
  /** The Markdown files of `.github/lanes` on the default branch, by path. Throws `config_invalid` where one is no short text. */
  readonly laneFiles: () => ReadonlyMap<string, string>;
}

interface NumberedNode {
  readonly number: number;
  readonly repository: PlaceNode;
}

interface ChildNode extends NumberedNode {
  readonly title: string;
  readonly body: string;
  readonly state: 'OPEN' | 'CLOSED';
  readonly viewerDidAuthor: boolean;
  readonly labels: Maybe<Connection<{ readonly name: string }>>;
  readonly blockedBy: Maybe<Connection<NumberedNode>>;
  readonly dropped: Maybe<Connection<{ readonly blockingIssue?: NumberedNode | null }>>;
}

interface FormerNode extends ChildNode {
  readonly author: ActorNode;
  readonly stateReason: string | null;
  readonly closings: Maybe<Connection<{ readonly actor?: ActorNode }>>;
}

interface TakenNode {
  readonly actor?: ActorNode;
  readonly subIssue?: FormerNode | null;
}

interface AboveNode extends NumberedNode {
  readonly parent?: AboveNode | null;
}

interface UmbrellaNode extends NumberedNode {
  readonly title: string;
  readonly body: string;
  readonly state: 'OPEN' | 'CLOSED';
  readonly url: string;
  readonly milestone: { readonly title: string } | null;
  readonly subIssuesSummary: { readonly total: number };
  readonly parent?: AboveNode | null;
  readonly subIssues: Maybe<Connection<ChildNode>>;
  readonly taken: Maybe<Connection<TakenNode>>;
}

interface TreeNode {
  readonly entries?: readonly { readonly path: string; readonly object: BlobNode | null }[] | null;
}

interface Answer extends ConfigAnswer {
  readonly repository:
    | (NonNullable<ConfigAnswer['repository']> & {
        readonly lanes: TreeNode | null;
        readonly issue: UmbrellaNode | null;
      })
    | null;
}

/** Files beyond these are not read: nobody has that many lanes. */
const MAX_LANE_FILES = 100;

/**
 * An umbrella, what may stand for its tasks, and where its templates are: one call of 7 points, as GitHub lets an issue
 * have at most 100 children, one more for each of its batches, and one for the last valid version of a configuration that
 * is broken. Of a batch the umbrella above it is meant, as everywhere. Whatever cannot be read of the umbrella and its templates fails, because what is missing here would be made
 * twice; the owner's default, and the history of a broken file, are gaps.
 */
export async function loadScaffoldFacts(client: GitHubClient, ref: Ref): Promise<ScaffoldRead> {
  const gathering = startGathering(client);
  const top = await loadFamily(gathering, client, ref);
  const umbrella = refOf(top.issue);
  const ofBatch = umbrellaOfBatch(top.issue);
  if (ofBatch !== null) return loadScaffoldFacts(client, ofBatch);
  const batches: Batch[] = [];
  for (const child of top.children) {
    const number = batchNumberOf(child.body, umbrella);
    if (number !== null) batches.push({ number, id: child, family: await loadFamily(gathering, client, refOf(child)) });
  }
  const texts = await readConfigTexts(gathering, top.answer, ref);
  const laneFiles = () => laneFilesIn(top.answer.repository?.lanes ?? null);
  return { facts: factsOf(top, batches), url: top.issue.url, ...texts, gaps: gathering.gaps, laneFiles };
}

function umbrellaOfBatch({ body, parent, subIssuesSummary }: UmbrellaNode): Ref | null {
  if (parent == null) return null;
  const above = refOf(parent);
  return isBatch({ body, parent: above, childrenTotal: subIssuesSummary.total }) ? above : null;
}

interface Family {
  readonly issue: UmbrellaNode;
  readonly children: readonly ChildNode[];
  readonly answer: Answer;
}

interface Batch {
  readonly number: number;
  /** As a child of the umbrella. */
  readonly id: ChildNode;
  readonly family: Family;
}

async function loadFamily({ unread }: Gathering, client: GitHubClient, ref: Ref): Promise<Family> {
  const children: ChildNode[] = [];
  const place: Place = { first: 100, after: null };
  for (;;) {
    const reply = await askPage(client, ref, place);
    unread.note(reply);
    const issue = issueOf(reply.data, ref);
    const page = demandPart(issue.subIssues, `read ${formatRef(ref)}`);
    children.push(...(page.nodes ?? []).filter((node) => node !== null));
    place.after = page.pageInfo?.endCursor ?? null;
    if (!page.pageInfo?.hasNextPage) return { issue, children, answer: reply.data };
  }
}

interface Place {
  /** Smaller as soon as GitHub runs out of time. */
  first: number;
  after: string | null;
}

async function askPage(client: GitHubClient, ref: Ref, place: Place): Promise<GraphqlReply<Answer>> {
  const tried = `read ${formatRef(ref)}`;
  const { answer, size } = await askSmaller(place.first, (first, patience) =>
    client.graphql<Answer>(SCAFFOLD_QUERY, { ...ref, first, after: place.after }, { tried, ...patience }),
  );
  place.first = size;
  demandAnswer(answer, tried);
  demandAccess(answer.problems, ref);
  return answer;
}

/** What is refused deeper down, an issue elsewhere for instance, is hidden and counted. */
function demandAccess(problems: readonly GraphqlProblem[], ref: Ref): void {
  const isOwn = ({ path }: GraphqlProblem): boolean => path[0] === 'repository' && path.length <= 3;
  if (!problems.some((problem) => problem.type === 'FORBIDDEN' && isOwn(problem))) return;
  throw new UserError(
    'forbidden',
    `GitHub does not let this token read all of ${formatRef(ref)} and its templates.`,
    'It needs the permissions issues: read and contents: read.',
  );
}

function issueOf({ repository }: Answer, ref: Ref): UmbrellaNode {
  if (repository?.issue != null) return repository.issue;
  throw new UserError(
    'not_found',
    `There is no issue ${formatRef(ref)}, or you may not see it.`,
    'Check the spelling, and that the token has access to this repository. A pull request is not a task.',
  );
}

function factsOf(top: Family, batches: readonly Batch[]): ScaffoldFacts {
  const { issue } = top;
  const families = [top, ...batches.map(({ family }) => family)];
  const holders = new Set(batches.map(({ id }) => id));
  const own = top.children.filter((child) => !holders.has(child));
  const children = [...own, ...batches.flatMap(({ family }) => family.children)];
  const present = new Set([...top.children, ...children].map((child) => formatRef(refOf(child))));
  const taken = families.flatMap((one) => one.issue.taken?.nodes ?? []);
  const former = new Map(
    taken.flatMap((event) =>
      event?.subIssue ? [[formatRef(refOf(event.subIssue)), formerOf(event, event.subIssue)]] : [],
    ),
  );
  const ref = refOf(issue);
  const ancestors = ancestorsOf(issue);
  return {
    ancestors,
    umbrella: {
      ref,
      title: issue.title,
      body: issue.body,
      state: issue.state === 'OPEN' ? 'open' : 'closed',
      milestone: issue.milestone?.title ?? null,
    },
    room: {
      ref,
      title: issue.title,
      above: ancestors.length,
      childrenTotal: totalOf(top),
      movable: own.toReversed().map(refOf),
      batches: batches.map(({ number, id, family }) => ({ ref: refOf(id), number, childrenTotal: totalOf(family) })),
    },
    children: children.map(childOf),
    formerChildren: [...former].flatMap(([name, child]) => (present.has(name) ? [] : [child])),
    hiddenChildren: families.reduce((sum, one) => sum + Math.max(0, totalOf(one) - one.children.length), 0),
  };
}

const ancestorsOf = ({ parent }: Pick<AboveNode, 'parent'>): readonly Ref[] =>
  parent == null ? [] : [refOf(parent), ...ancestorsOf(parent)];

const totalOf = ({ issue }: Family): number => issue.subIssuesSummary.total;

/** An undo closes as not planned, then unlinks, both as whoever made it. A person who did either meant to. */
function formerOf({ actor }: TakenNode, node: FormerNode): FormerChild {
  const author = node.author?.login;
  const closer = node.closings?.nodes?.at(-1)?.actor?.login;
  const isOurs = author !== undefined && node.viewerDidAuthor && author === actor?.login && author === closer;
  return { ...childOf(node), isUndone: isOurs && node.state === 'CLOSED' && node.stateReason === 'NOT_PLANNED' };
}

function childOf(node: ChildNode): ScaffoldChild {
  return {
    ref: refOf(node),
    title: node.title,
    body: node.body,
    state: node.state === 'OPEN' ? 'open' : 'closed',
    labels: (node.labels?.nodes ?? []).flatMap((label) => label?.name ?? []),
    isOwn: node.viewerDidAuthor,
    blockers: (node.blockedBy?.nodes ?? []).flatMap((blocker) => (blocker === null ? [] : [refOf(blocker)])),
    formerBlockers: (node.dropped?.nodes ?? []).flatMap((event) =>
      event?.blockingIssue == null ? [] : [refOf(event.blockingIssue)],
    ),
  };
}

function laneFilesIn(tree: TreeNode | null): ReadonlyMap<string, string> {
  const files = (tree?.entries ?? []).filter(({ path }) => path.endsWith('.md')).slice(0, MAX_LANE_FILES);
  return new Map(
    files.flatMap(({ path, object }) => {
      const text = textOfBlob(object, path);
      return text === null ? [] : [[path, text] as const];
    }),
  );
}

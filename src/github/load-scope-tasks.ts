import { type FailureCode, UserError } from '../core/failure.ts';
import { formatSelector, type Selector } from '../core/readiness/parse-selector.ts';
import { formatRef, parseRef, type Ref, type RepositoryRef, refKey, repositoryKey } from '../core/task/identity.ts';
import { isInPhase } from '../core/task/planned-id.ts';
import { isBatch } from '../core/umbrella/batch-umbrella.ts';
import { askSmaller } from './ask-smaller.ts';
import type { GitHubClient, GraphqlReply } from './client.ts';
import { type Gathering, gatherTasks } from './gathering.ts';
import { loadByRef } from './load-by-ref.ts';
import { loadDescendants, loadTasksById } from './load-descendants.ts';
import { loadMilestone } from './load-milestone.ts';
import type { Connection, IssuePlaceNode, Maybe, PlaceNode, TaskNode } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { FILTERED_TASKS, ISSUES_READABLE, SEARCH_TASKS } from './queries/readiness-queries.ts';
import { type IssuesAnswer, issuesOf, readIssuePages } from './read-issue-pages.ts';
import { resolveRef } from './resolve-ref.ts';

/** Scopes that are made of tasks; those of `since` and `branch` are made of what was merged. */
export type TaskSelector = Exclude<Selector, { readonly kind: 'since' | 'branch' }>;

interface ScopePlace {
  readonly repository: RepositoryRef;
  /** Grammars of planned ids: `tasks.ids`. */
  readonly ids: readonly string[];
  readonly onProgress?: (progress: {
    readonly label: string;
    readonly done: number;
    readonly total: number | null;
  }) => void;
}

interface ScopeTasks {
  /** As it is to be written: with the umbrella's full name, the milestone's own title. */
  readonly selector: Selector;
  readonly title: string;
  readonly umbrella: Ref | null;
  /** Keys of the tasks in scope; whatever was read besides is in the gathering too. */
  readonly keys: ReadonlySet<string>;
}

/**
 * Reads the tasks of a scope with everything below them: what stands under an umbrella in scope is in scope. An umbrella
 * that is the scope itself, and batches, are none of its tasks. Throws `not_found` where there is no such umbrella or
 * milestone, `usage` where the words mean none or several; what else cannot be read becomes a gap.
 */
export async function loadScopeTasks(
  gathering: Gathering,
  selector: TaskSelector,
  place: ScopePlace,
): Promise<ScopeTasks> {
  const found = await gatherOrNote(gathering, selector, place);
  const below = { what: `tasks below those of ${found.title}`, permission: 'issues: read' };
  await noteGap(gathering, below, () => loadDescendants(gathering).then(() => null));
  const root = found.umbrella === null ? null : refKey(found.umbrella);
  if (root !== null) noteHiddenChildren(gathering, root);
  const all = [...gathering.tasks].filter(([key, task]) => key !== root && !isBatch(task));
  return { ...found, keys: new Set(all.map(([key]) => key)) };
}

type FoundScope = Omit<ScopeTasks, 'keys'>;

/** What keeps GitHub from telling is a gap; that there is nothing of that name it tells only those who may look. */
async function gatherOrNote(gathering: Gathering, asked: TaskSelector, place: ScopePlace): Promise<FoundScope> {
  const { owner, repo } = place.repository;
  const selector = inFull(asked, place.repository);
  const written = formatSelector(selector);
  const missing = { what: `the scope ${written} of ${owner}/${repo}`, permission: 'issues: read' };
  let found: FoundScope = { selector, title: written.slice(written.indexOf(':') + 1), umbrella: null };
  let refused: UserError | null = null;
  await noteGap(gathering, missing, async () => {
    try {
      found = await gatherScope(gathering, asked, place);
    } catch (error) {
      if (!(error instanceof UserError) || !ENDING.has(error.code)) throw error;
      if (error.code === 'not_found') await demandIssues(gathering.client, place.repository);
      refused = error;
    }
    return null;
  });
  if (refused !== null) throw refused;
  return found;
}

function inFull(selector: TaskSelector, defaultRepository: RepositoryRef): TaskSelector {
  if (selector.kind !== 'umbrella') return selector;
  const named = parseRef(selector.umbrella, { defaultRepository, ids: [] });
  return named !== null && 'number' in named ? { kind: 'umbrella', umbrella: formatRef(named) } : selector;
}

/** What was asked for is not there, or is not what can be asked for. */
const ENDING: ReadonlySet<string> = new Set(['not_found', 'usage', 'unauthenticated'] satisfies FailureCode[]);

async function gatherScope(gathering: Gathering, selector: TaskSelector, place: ScopePlace): Promise<FoundScope> {
  switch (selector.kind) {
    case 'umbrella':
      return gatherUmbrella(gathering, selector.umbrella, place);
    case 'milestone':
      return gatherMilestone(gathering, selector.milestone, place);
    case 'label':
      await gatherPages(gathering, place, { labels: [selector.label] });
      return { selector, title: `tasks labelled ${selector.label}`, umbrella: null };
    case 'phase':
      await gatherPages(gathering, place, null, ({ title }) => isInPhase({ title }, selector.phase, place.ids));
      return { selector, title: `phase ${selector.phase}`, umbrella: null };
    case 'query': {
      const states = statesOf(selector.query);
      if (states === null) await gatherSearch(gathering, selector.query, place);
      else await gatherPages(gathering, place, states.length === 0 ? null : { states });
      return { selector, title: `tasks found by ${selector.query}`, umbrella: null };
    }
  }
}

/** Of a query that asks for all issues of some state, which states; those need no search, whose results are cut. */
function statesOf(query: string): readonly ('OPEN' | 'CLOSED')[] | null {
  const words = query.toLowerCase().split(/\s+/);
  if (!words.every((word) => /^(?:\*|is:issue|(?:is|state):(?:open|closed))$/.test(word))) return null;
  const states = (['OPEN', 'CLOSED'] as const).filter((state) =>
    words.some((word) => word.endsWith(`:${state.toLowerCase()}`)),
  );
  // Nothing is open and closed.
  return states.length === 2 ? null : states;
}

async function gatherUmbrella(gathering: Gathering, text: string, { repository, ids }: ScopePlace) {
  const umbrella = await resolveRef(gathering.client, text, { defaultRepository: repository, patterns: [...ids] });
  const [found] = await loadByRef<IssuePlaceNode>(gathering.client, [umbrella], { kind: 'issue' });
  await loadTasksById(gathering, found === undefined ? [] : [found.id]);
  const name = formatRef(umbrella);
  const title = gathering.tasks.get(refKey(umbrella))?.title ?? name;
  return { selector: { kind: 'umbrella', umbrella: name }, title, umbrella } as const;
}

async function gatherMilestone(gathering: Gathering, text: string, place: ScopePlace) {
  const { number, title } = await loadMilestone(gathering.client, place.repository, text);
  await gatherPages(gathering, place, { milestoneNumber: String(number) });
  return { selector: { kind: 'milestone', milestone: title }, title, umbrella: null } as const;
}

/** Issues in pages of 100, oldest first; of those that `isWanted` leaves out nothing more is read. */
async function gatherPages(
  gathering: Gathering,
  { repository, onProgress }: ScopePlace,
  filter: Readonly<Record<string, unknown>> | null,
  isWanted: (node: TaskNode) => boolean = () => true,
): Promise<void> {
  const what = `issues of ${repository.owner}/${repository.repo}`;
  const pages = { repository, query: FILTERED_TASKS, variables: { filter }, label: 'Reading tasks' };
  await noteGap(gathering, { what, permission: 'issues: read' }, async () => {
    await readIssuePages<TaskNode>(gathering, { ...pages, ...(onProgress && { onProgress }) }, (nodes) =>
      gatherTasks(gathering, nodes.filter(isWanted)),
    );
    return null;
  });
}

interface SearchAnswer {
  /** As it is called now. */
  readonly repository: Maybe<PlaceNode>;
  readonly search: Maybe<Connection<Partial<TaskNode>> & { readonly issueCount: number }>;
}

/** GitHub's search gives at most this many results, however many it counts. */
const MOST_FOUND = 1_000;

/** What a search finds in other repositories, as GitHub may read `a OR b`, is not of the scope. */
async function gatherSearch(gathering: Gathering, query: string, { repository, onProgress }: ScopePlace) {
  const { client, unread } = gathering;
  const { owner, repo } = repository;
  const text = `repo:${owner}/${repo} is:issue ${query}`;
  const what = `issues found by ${query}`;
  await noteGap(gathering, { what, permission: 'issues: read' }, async () => {
    let size = 100;
    let done = 0;
    for (let after: string | null = null; ; ) {
      const page: { answer: GraphqlReply<SearchAnswer>; size: number } = await askSmaller(size, (first, patience) =>
        client.graphql<SearchAnswer>(
          SEARCH_TASKS,
          { owner, repo, text, first, after },
          { tried: `search for ${what}`, ...patience },
        ),
      );
      size = page.size;
      unread.note(page.answer);
      const { search } = page.answer.data;
      if (search == null) return unread.at(page.answer.data, 'search');
      const nodes = (search.nodes ?? []).filter(isTask);
      const place = page.answer.data.repository ?? { name: repo, owner: { login: owner } };
      await gatherTasks(
        gathering,
        nodes.filter((node) => isSamePlace(node.repository, place)),
      );
      done += nodes.length;
      onProgress?.({ label: 'Reading tasks', done, total: Math.min(search.issueCount, MOST_FOUND) });
      if (search.pageInfo?.hasNextPage !== true) {
        if (search.issueCount > done) return 'truncated';
        if (done === 0) await demandIssues(client, repository);
        return null;
      }
      after = search.pageInfo.endCursor;
    }
  });
}

/** A search leaves out without a word what may not be read. Throws `forbidden` where that is every issue. */
async function demandIssues(client: GitHubClient, repository: RepositoryRef): Promise<void> {
  const { owner, repo } = repository;
  const tried = `read the issues of ${owner}/${repo}`;
  issuesOf(await client.graphql<IssuesAnswer<unknown>>(ISSUES_READABLE, { owner, repo }, { tried }), repository);
}

const isSamePlace = (a: PlaceNode, b: PlaceNode): boolean =>
  repositoryKey({ owner: a.owner.login, repo: a.name }) === repositoryKey({ owner: b.owner.login, repo: b.name });

/** A pull request, where somebody asked for one, answers nothing but its type. */
const isTask = (node: Partial<TaskNode> | null): node is TaskNode => node?.id !== undefined;

/** Below a task in scope they show there; the umbrella that is the scope is no task of its own. */
function noteHiddenChildren(gathering: Gathering, root: string): void {
  const task = gathering.tasks.get(root);
  if (task === undefined || !task.children.known) return;
  const hidden = task.childrenTotal - task.children.value.length;
  if (hidden <= 0) return;
  const what = `${hidden} ${hidden === 1 ? 'child' : 'children'} of ${formatRef(task.ref)}`;
  gathering.gaps.push({ cause: 'forbidden', what, permission: 'issues: read' });
}

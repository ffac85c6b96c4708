import pLimit from 'p-limit';
import { UserError } from '../core/failure.ts';
import { type Gap, known } from '../core/reading.ts';
import type { PullRequestFacts } from '../core/task/facts.ts';
import { type Ref, refKey, repositoryKey } from '../core/task/identity.ts';
import { readStatedWork } from '../core/task/stated-work.ts';
import { findPullRequestsOfCommit } from '../github/find-pull-requests-of-commit.ts';
import { findTasksOfPullRequests } from '../github/find-tasks-of-pull-request.ts';
import { findNearestUmbrellas, findUmbrellas } from '../github/find-umbrellas.ts';
import { githubFailure } from '../github/github-failure.ts';
import { listInstalledRepositories } from '../github/list-installed-repositories.ts';
import { loadConfig } from '../github/load-config.ts';
import { loadDroppedCommits } from '../github/load-dropped-commits.ts';
import { configInForce } from './config-in-force.ts';
import type { OperationContext } from './operation.ts';
import { umbrellasOfRepository, umbrellasWithComment } from './reconcile.ts';
import type { Subject } from './subject.ts';

interface AffectedUmbrellas {
  /** Each once. */
  readonly umbrellas: readonly Ref[];
  /** Subjects that could not be followed just now, and why. */
  readonly failed: readonly { readonly subject: Subject; readonly cause: unknown }[];
  /** What was left out, because a pull request names more tasks than are looked up. */
  readonly gaps: readonly Gap[];
}

type Context = Pick<OperationContext, 'github'>;

/**
 * All umbrellas whose rollup the subjects may change, at any height above them: commits lead to pull requests, pull
 * requests to tasks, tasks to the umbrellas above them and above the tasks that they block. Asks for the subjects of
 * one kind together. A subject that fails never loses the others: it comes back in `failed`; of an installation, only
 * the repositories that failed.
 */
export async function findAffectedUmbrellas(
  context: Context,
  subjects: readonly Subject[],
): Promise<AffectedUmbrellas> {
  const search = startSearch();
  const found = await Promise.all([
    umbrellasAbove(context, subjects, { search, find: findUmbrellas }),
    umbrellasOfRepositories(context, subjects, search),
  ]);
  const themselves = ofKind(subjects, 'umbrella').map(({ ref }) => ref);
  return { umbrellas: unique([...themselves, ...found.flat()]), failed: search.failed(), gaps: search.gaps };
}

/** The umbrella that a person means under an issue or pull request: the issue itself, or what it is directly part of. */
export async function findMeantUmbrellas(context: Context, subject: Subject): Promise<AffectedUmbrellas> {
  const search = startSearch();
  const umbrellas = await umbrellasAbove(context, [subject], { search, find: findNearestUmbrellas });
  return { umbrellas: unique(umbrellas), failed: search.failed(), gaps: search.gaps };
}

interface Ascent {
  readonly search: Search;
  readonly find: typeof findUmbrellas;
}

/** Commits, pull requests and issues, followed upwards together. */
async function umbrellasAbove(
  context: Context,
  subjects: readonly Subject[],
  { search, find }: Ascent,
): Promise<readonly Ref[]> {
  const { github } = context;
  const commits = ofKind(subjects, 'commit');
  const pulls = ofKind(subjects, 'pull_request');
  const texts = ofKind(subjects, 'former_text');
  const pushes = ofKind(subjects, 'former_commits');
  const issues = [...ofKind(subjects, 'issue'), ...ofKind(subjects, 'umbrella')];

  const ofCommits = await search.each(commits, ({ repository, sha }) =>
    findPullRequestsOfCommit(github, repository, sha),
  );
  const pullRefs = unique([...pulls.map(({ ref }) => ref), ...ofCommits]);
  const taskIds = await search.together([...pulls, ...commits], () => nodeIdsOfTasks({ ...context, search }, pullRefs));
  const formerIds = [
    ...(await search.each(texts, (text) => nodeIdsOfFormerText({ ...context, search }, text))),
    ...(await search.each(pushes, (push) => nodeIdsOfFormerCommits({ ...context, search }, push))),
  ];
  const issueIds = await search.each(issues, (subject) => nodeIdOfIssue(context, subject));
  const nodeIds = [...new Set([...taskIds, ...formerIds, ...issueIds])];
  if (nodeIds.length === 0) return [];
  return search.together([...commits, ...pulls, ...texts, ...pushes, ...issues], () => find(github, { nodeIds }));
}

/** Each repository of an installation is followed on its own, so that one that fails delays none of the others. */
async function umbrellasOfRepositories(
  context: Context,
  subjects: readonly Subject[],
  search: Search,
): Promise<readonly Ref[]> {
  const installed = await search.each(ofKind(subjects, 'installation'), async ({ corrects = false }) =>
    (await listInstalledRepositories(context.github)).map((repository) => ({ repository, corrects })),
  );
  const repositories = installed.map((one) => ({ kind: 'repository' as const, ...one }));
  return search.each([...ofKind(subjects, 'repository'), ...repositories], ({ repository, corrects }) =>
    corrects ? umbrellasWithComment(context, repository) : umbrellasOfRepository(context, repository),
  );
}

/** Looks things up and remembers for which subjects that failed. */
interface Search {
  each<S extends Subject, T>(
    subjects: readonly S[],
    find: (subject: S) => Promise<readonly T[]>,
  ): Promise<readonly T[]>;
  together<T>(subjects: readonly Subject[], find: () => Promise<readonly T[]>): Promise<readonly T[]>;
  failed(): AffectedUmbrellas['failed'];
  readonly gaps: Gap[];
}

const LOOKUPS_AT_ONCE = 4;

function startSearch(): Search {
  const failures = new Map<Subject, unknown>();
  const limit = pLimit(LOOKUPS_AT_ONCE);
  const together: Search['together'] = async (subjects, find) => {
    try {
      return await find();
    } catch (cause) {
      for (const subject of subjects) failures.set(subject, cause);
      return [];
    }
  };
  return {
    together,
    each: async (subjects, find) => {
      const found = subjects.map((subject) => limit(() => together([subject], () => find(subject))));
      return (await Promise.all(found)).flat();
    },
    gaps: [],
    failed: () => [...failures].map(([subject, cause]) => ({ subject, cause })),
  };
}

type SubjectOf<K extends Subject['kind']> = Extract<Subject, { kind: K }>;

const ofKind = <K extends Subject['kind']>(subjects: readonly Subject[], kind: K) =>
  subjects.filter((subject): subject is SubjectOf<K> => subject.kind === kind);

type Lookup = Context & { readonly search: Pick<Search, 'gaps'> };

/** Planned ids are read by the grammar of each pull request's own repository. */
async function nodeIdsOfTasks(
  { github, search }: Lookup,
  refs: readonly Ref[],
  seenAs?: (facts: PullRequestFacts) => PullRequestFacts,
): Promise<readonly string[]> {
  const byRepository = new Map<string, Ref[]>();
  for (const ref of refs) {
    const key = repositoryKey(ref);
    byRepository.set(key, [...(byRepository.get(key) ?? []), ref]);
  }
  const found = await Promise.all(
    [...byRepository.values()].map(async (some) => {
      const [first] = some;
      if (first === undefined) return [];
      const { config } = configInForce(await loadConfig(github, first));
      const options = { idPatterns: config.tasks.ids, ...(seenAs && { seenAs }) };
      const { tasks, gaps } = await findTasksOfPullRequests(github, some, options);
      search.gaps.push(...gaps);
      return tasks;
    }),
  );
  return found.flat().map(({ nodeId }) => nodeId);
}

/** What an edited title or body named before, and the pull request may no longer lead to. */
const nodeIdsOfFormerText = (context: Lookup, former: SubjectOf<'former_text'>): Promise<readonly string[]> =>
  nodeIdsOfTasks(context, [former.ref], (facts) => {
    const body = former.body ?? facts.body;
    return { ...facts, title: former.title ?? facts.title, body, stated: readStatedWork({ ...facts, body }) };
  });

/** Nothing after an ordinary push, which drops no commit. */
async function nodeIdsOfFormerCommits(
  context: Lookup,
  { ref, before, after }: SubjectOf<'former_commits'>,
): Promise<readonly string[]> {
  const dropped = await loadDroppedCommits(context.github, ref, { before, after });
  if (dropped.length === 0) return [];
  return nodeIdsOfTasks(context, [ref], (facts) => ({ ...facts, commits: known(dropped) }));
}

/** An address gives no node id; one that leads nowhere (deleted, out of sight) is no task. */
async function nodeIdOfIssue(
  { github }: Context,
  { ref, nodeId }: { readonly ref: Ref; readonly nodeId: string | null },
): Promise<readonly string[]> {
  if (nodeId !== null) return [nodeId];
  const { owner, repo, number } = ref;
  try {
    const { data } = await github.rest.issues.get({ owner, repo, issue_number: number });
    return data.pull_request === undefined ? [data.node_id] : [];
  } catch (cause) {
    const failure = githubFailure(cause, `read ${owner}/${repo}#${number}`);
    if (failure instanceof UserError && (failure.code === 'not_found' || failure.code === 'forbidden')) return [];
    throw failure;
  }
}

const unique = (refs: readonly Ref[]): readonly Ref[] => [...new Map(refs.map((ref) => [refKey(ref), ref])).values()];

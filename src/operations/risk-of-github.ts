import type { Config } from '../core/config.ts';
import { UserError } from '../core/failure.ts';
import { findStacks } from '../core/risk/find-stacks.ts';
import { isDependencyBot } from '../core/risk/is-dependency-bot.ts';
import { leaveOut } from '../core/risk/leave-out.ts';
import { regeneratedBy } from '../core/risk/regenerated-files.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import { mergesPerDay } from '../git/count-merges.ts';
import { type ResolvedHead, resolveBase, resolveHeads } from '../git/list-heads.ts';
import { loadConfig } from '../github/load-config.ts';
import { loadOpenPullRequests, type OpenPullRequest } from '../github/load-open-pull-requests.ts';
import { configInForce } from './config-in-force.ts';
import { estimateRest, type FilesByName, loadFilesOf } from './estimate-rest.ts';
import { type CloneFindings, loadDependents, lookIntoClone, withFindings } from './look-into-clone.ts';
import type { OperationContext } from './operation.ts';
import { type RiskClone, riskCacheFolder } from './risk-clone.ts';
import type { RiskChange, RiskFacts, RiskWish } from './risk-facts.ts';
import { riskLimits } from './risk-limits.ts';

interface Sources {
  readonly repository: RepositoryRef;
  readonly clone: RiskClone | null;
}

type PullChange = RiskChange & { readonly pull: OpenPullRequest };

/** Open pull requests of one base branch: pairs of which a clone has both commits are verified, the others estimated. */
export async function riskOfGitHub(
  context: OperationContext,
  { repository, clone }: Sources,
  wish: RiskWish,
): Promise<RiskFacts> {
  const loaded = await loadConfig(context.github, repository);
  const { config, remarks } = configInForce(loaded, repository.owner);
  const baseName = wish.base ?? loaded.defaultBranch;
  if (baseName === null) throw noBase(repository);
  const onPage = (done: number): void => context.onProgress?.({ label: 'reading pull requests', done, total: null });
  const pulls = await loadOpenPullRequests(context.github, repository, onPage);
  const all = pulls.filter(({ base }) => base === baseName).map((pull) => changeOf(pull, config));
  const judged = chooseJudged(all, wish, context.now());
  const isRegenerated = regeneratedBy(config.risk.ignore);
  const only = wish.only === undefined ? null : new Set(wish.only);
  const base = clone === null ? null : await findBase(clone, baseName);
  const found = await verify(context, { clone, base, judged, only, isRegenerated });
  const rest = judged.filter(({ name }) => !found.onBase.has(name));
  const read = await loadFilesOf(
    context,
    rest.map(({ name, pull }) => ({ name, ref: pull.ref })),
  );
  const stacks = stacksOf(judged, rest);
  const known = judged.map((change) =>
    withFindings(change, { ...found, files: allFiles(found, read), base: baseName }),
  );
  const estimated = await estimateRest(
    known.map(({ name, files }) => ({ name, files, isVerified: found.onBase.has(name) })),
    { only, stacks, now: context.now(), learnedIn: historyFolder(context, repository) },
  );
  const pairs = [...found.pairs, ...estimated];
  const order = known.map((change, place) => ({ ...change, after: namesUnder(place, stacks, known) }));
  const changes = [...order, ...all.filter((change) => !judged.includes(change))];
  const merging = clone === null || base === null ? null : await mergesPerDay(clone.repository, base, context.now());
  return {
    ...{ repository, pairs, isRegenerated, onBase: found.onBase },
    base: { name: baseName, commit: base?.commit ?? null },
    changes: changes.map(({ pull, ...change }) => change),
    ...(clone === null || base === null
      ? { dependents: null, imports: null }
      : await loadDependents(context, clone, { base, changes, pairs, isRegenerated })),
    limits: riskLimits(config, context.now(), merging),
    gaps: [...loaded.gaps, ...read.gaps],
    remarks: [
      ...remarks,
      ...otherBases(pulls, baseName),
      ...howToVerify(rest.length, judged.length, { repository, clone }),
    ],
  };
}

function noBase({ owner, repo }: RepositoryRef): UserError {
  const hint = 'Name the branch that the pull requests go into: --base main.';
  return new UserError('not_found', `GitHub names no default branch of ${owner}/${repo}.`, hint);
}

function changeOf(pull: OpenPullRequest, { risk }: Config): PullChange {
  const { ref, title, url, author, headSha, isDraft, openedAt, updatedAt, labels } = pull;
  const urgency = risk.priority_labels.findIndex((label) =>
    labels.some((one) => one.toLowerCase() === label.toLowerCase()),
  );
  return {
    ...{ name: `#${ref.number}`, number: ref.number, title, url, author, headSha, isDraft, updatedAt, pull },
    ...{ files: null, heldBy: [], after: [] },
    enteredAt: openedAt,
    isDependencyBot: isDependencyBot(author),
    priority: urgency < 0 ? 0 : risk.priority_labels.length - urgency,
  };
}

/** Those that wait, those asked for by name, and whatever one of them stands on. */
function chooseJudged(changes: readonly PullChange[], wish: RiskWish, now: string): readonly PullChange[] {
  const asked = new Set(wish.only);
  const waiting = new Set(leaveOut(changes, { ...wish.scope, now }).waiting.map(({ name }) => name));
  const first = changes.filter(({ name }) => waiting.has(name) || asked.has(name));
  const held = new Set(first.flatMap(({ pull: { commits } }) => (commits.known ? commits.value : [])));
  return changes.filter((change) => first.includes(change) || held.has(change.headSha));
}

/** As it was fetched last, else as a bare clone keeps it. */
async function findBase({ repository }: RiskClone, name: string): Promise<ResolvedHead | null> {
  for (const ref of [`refs/remotes/origin/${name}`, `refs/heads/${name}`]) {
    const found = await resolveBase(repository, ref).catch((cause: unknown) => {
      if (cause instanceof UserError && cause.code === 'not_found') return null;
      throw cause;
    });
    if (found !== null) return { ...found, name };
  }
  return null;
}

interface Verifying {
  readonly clone: RiskClone | null;
  readonly base: ResolvedHead | null;
  readonly judged: readonly PullChange[];
  readonly only: ReadonlySet<string> | null;
  readonly isRegenerated: (path: string) => boolean;
}

const NOTHING: CloneFindings = { pairs: [], onBase: new Map(), files: new Map() };

/** What the clone tells of the heads that it has; a head of which it cannot tell where it stands is none of them. */
async function verify(context: OperationContext, facts: Verifying): Promise<CloneFindings> {
  const { clone, base, judged, only, isRegenerated } = facts;
  if (clone === null || base === null) return NOTHING;
  const named = judged.map(({ name, headSha }) => ({ name, commit: headSha }));
  const present = await resolveHeads(clone.repository, named);
  const heads = named.filter((_, place) => present[place] != null);
  if (heads.length === 0) return NOTHING;
  const look = { base, heads, only, isRegenerated, needsAllHunks: heads.length < judged.length };
  const { pairs, onBase, files } = await lookIntoClone(context, clone, look);
  const told = new Map([...onBase].filter(([, { verdict }]) => verdict !== 'unknown'));
  return { pairs: pairs.filter(({ a, b }) => told.has(a) && told.has(b)), onBase: told, files };
}

const allFiles = (found: CloneFindings, read: FilesByName): CloneFindings['files'] =>
  new Map([...found.files, ...read.files]);

/** By the commits that GitHub lists; of two verified ones the clone tells. */
function stacksOf(judged: readonly PullChange[], rest: readonly PullChange[]) {
  const stacks = findStacks(
    judged.map(({ headSha, pull: { commits } }) => ({
      commit: headSha,
      standing: commits.known ? { mergeBases: [], isSettled: true, unmerged: new Set(commits.value) } : null,
    })),
  );
  const isRest = (place: number): boolean => rest.some((one) => one === judged[place]);
  return stacks.filter(({ dependent, on }) => isRest(dependent) || isRest(on));
}

const namesUnder = (
  place: number,
  stacks: ReturnType<typeof stacksOf>,
  changes: readonly RiskChange[],
): readonly string[] =>
  stacks.filter(({ dependent }) => dependent === place).flatMap(({ on }) => changes[on]?.name ?? []);

function historyFolder({ machine, github }: OperationContext, { owner, repo }: RepositoryRef): string | null {
  if (machine === undefined) return null;
  return riskCacheFolder(machine.cacheFolder, { origin: { host: github.origin, owner, repo }, folder: '' });
}

function otherBases(pulls: readonly OpenPullRequest[], base: string): readonly string[] {
  const others = pulls.filter((pull) => pull.base !== base);
  if (others.length === 0) return [];
  const names = [...new Set(others.map((pull) => pull.base))].slice(0, 3).join(', ');
  const count = others.length === 1 ? '1 open pull request goes' : `${others.length} open pull requests go`;
  return [`${count} into other branches (${names}); name one with --base.`];
}

const FETCH = "git fetch origin 'refs/pull/*/head:refs/remotes/pull/*'";

function howToVerify(missing: number, all: number, { repository: { owner, repo }, clone }: Sources): readonly string[] {
  if (missing === 0) return [];
  if (clone === null)
    return [`Everything is estimated. In a clone of ${owner}/${repo}, after ${FETCH}, it is verified.`];
  return [
    `Of ${missing} of ${all} heads the clone cannot tell; after ${FETCH} their pairs are verified, not estimated.`,
  ];
}

import { type Config, isValidConfig } from '../core/config.ts';
import { UserError } from '../core/failure.ts';
import { groupBy } from '../core/group-by.ts';
import type { BaseFinding } from '../core/risk/conflict-report.ts';
import { findHeads } from '../core/risk/find-heads.ts';
import { isDependencyBot } from '../core/risk/is-dependency-bot.ts';
import { leaveOut } from '../core/risk/leave-out.ts';
import type { NamedHead } from '../core/risk/name-heads.ts';
import { type PairRisk, pairKey } from '../core/risk/pair-risk.ts';
import { regeneratedBy } from '../core/risk/regenerated-files.ts';
import { unknownPairs } from '../core/risk/unknown-pairs.ts';
import { type RepositoryRef, repositoryKey } from '../core/task/identity.ts';
import { mergesPerDay } from '../git/count-merges.ts';
import { type CommitWords, describeCommits } from '../git/describe-commits.ts';
import { findLanded } from '../git/find-landed.ts';
import { heldByBase } from '../git/held-by-base.ts';
import { brokenBase, lookForBase, type ResolvedHead, resolveBase, resolveHeads } from '../git/list-heads.ts';
import { loadHistory } from '../git/load-history.ts';
import { loadLastValidText } from '../git/load-last-valid-text.ts';
import { readBlobs } from '../git/read-blobs.ts';
import { CONFIG_PATH, configInForce } from './config-in-force.ts';
import { MOST_PAIRS } from './estimate-untried.ts';
import { type HeadsWish, listOpenHeads } from './list-open-heads.ts';
import { loadDependents, lookIntoClone, unlistedUnknownRemark, withFindings } from './look-into-clone.ts';
import { containedRemark, mergedRemark, stillMetRemark } from './merged-remarks.ts';
import { oldBaseRemarks } from './old-base-remarks.ts';
import type { OperationContext } from './operation.ts';
import { boundByTime, type RiskClone, untilAll } from './risk-clone.ts';
import type { RiskChange, RiskFacts, RiskWish } from './risk-facts.ts';
import { riskLimits } from './risk-limits.ts';

type Asking = Pick<OperationContext, 'now' | 'onProgress' | 'stop'>;

/** What a clone alone tells: its refs are the open changes. No request is made, and nothing written to it. */
export async function riskOfClone(context: Asking, opened: RiskClone, wish: RiskWish): Promise<RiskFacts> {
  const base = await findCloneBase(opened, wish.base);
  const { config, remarks } = await loadConfigOf(opened, base);
  const now = context.now();
  const found = await loadChanges(opened, { heads: wish.heads, base: base.name, only: wish.only }, now);
  const mergesADay = await mergesPerDay(opened.repository, base, now);
  const clone = boundByTime(opened);
  const only = wish.only === undefined ? null : new Set(wish.only.map((word) => nameOf(word, found.named)));
  const { judged, aside, held } = await chooseJudged(clone, { changes: found.changes, base, wish, only, now });
  const isRegenerated = regeneratedBy(config.risk.ignore);
  const heads = judged.map(({ name, headSha }) => ({ name, commit: headSha }));
  const old = await oldBaseRemarks(opened, { base, heads, now });
  const look = {
    ...{ base, heads, only, isRegenerated, learnedIn: clone.cacheFolder },
    isThorough: wish.isThorough,
  };
  const { onBase, files, ...looked } = await lookIntoClone(context, clone, look);
  const stale = heads.filter(({ name }) => onBase.get(name)?.verdict === 'conflict');
  const touching = stale.map((head) => ({ ...head, files: files.get(head.name) ?? [] }));
  const contained = new Set([...looked.contained, ...(await findLanded(untilAll(clone), base, touching))]);
  const isGone = (name: string): boolean => contained.has(name) || onBase.get(name)?.verdict === 'merged';
  const open = judged.filter(({ name }) => !isGone(name));
  const isTold = new Set(looked.pairs.map(({ a, b }) => pairKey(a, b)));
  const unread = open.filter(({ name }) => files.get(name) == null).map(({ name }) => name);
  const unknown = new Map([...onBase].filter(([name]) => unread.includes(name)));
  const isFew = only !== null || unknown.size * open.length <= MOST_PAIRS;
  const told = isFew ? pairsWithUnknown(open, unknown, only) : [];
  const untold = told.filter(({ a, b }) => !isTold.has(pairKey(a, b)));
  const pairs = [...looked.pairs, ...untold].filter(({ a, b }) => !contained.has(a) && !contained.has(b));
  const unlisted = isFew ? looked.unlisted : pairsOf(unknown.size, open.length);
  const changes = [...open.map((change) => withFindings(change, { onBase, files, base: base.name })), ...aside];
  const { remarks: uncounted, ...depends } = await loadDependents(context, clone, {
    ...{ base, changes, pairs, isRegenerated },
  });
  const isOpen = new Set(open.map(({ name }) => name));
  const merged = found.named.flatMap(({ name }) =>
    held.has(name) || (onBase.get(name)?.verdict === 'merged' && !isOpen.has(name)) ? [name] : [],
  );
  return {
    repository: found.repository,
    remote: 'origin',
    base: { name: base.name, commit: base.commit },
    ...{ changes, pairs, onBase, isRegenerated, gaps: [], mergeMethod: null },
    ...depends,
    limits: riskLimits(wish.maxWait ?? null, { now, mergesPerDay: mergesADay }),
    unlisted: unlisted + looked.notListed.notReached,
    notListed: { ...looked.notListed, unknown: unlisted },
    // Both say it where nothing can be kept.
    remarks: [
      ...new Set([
        ...remarks,
        ...found.remarks,
        ...looked.remarks,
        ...(isFew ? [] : [unlistedUnknownRemark(unlisted)]),
        ...uncounted,
        ...mergedRemark(merged, base.name),
        ...containedRemark([...contained], base.name),
        ...stillMetRemark(contained, looked.pairs),
        ...old,
      ]),
    ],
    merged: [...merged, ...contained],
    ...(only && { asked: [...only] }),
    orderRemarks: [wish.maxWait === undefined ? NO_CAP : COMMIT_DATES, ...forkRemark(found.repository, opened)],
  };
}

/** `upstream` is what `gh` calls the repository in a clone of one's own fork of it. */
function forkRemark(repository: RepositoryRef | null, { remotes }: RiskClone): readonly string[] {
  const upstream = remotes.get('upstream');
  if (repository === null || upstream === undefined || repositoryKey(upstream) === repositoryKey(repository)) return [];
  const [own, name] = [repository, upstream].map(({ owner, repo }) => `${owner}/${repo}`);
  return [
    `The gh commands are for pull requests of ${own}, the remote origin; for those of ${name}, the remote upstream: parasol risk queue ${name} --repo PATH.`,
  ];
}

/** How many pairs of so many have one of some of them. */
const pairsOf = (some: number, all: number): number => some * (all - some) + (some * (some - 1)) / 2;

/** Where GitHub is asked too such a head is estimated; here nobody else could tell of it. */
function pairsWithUnknown(
  changes: readonly RiskChange[],
  onBase: ReadonlyMap<string, BaseFinding>,
  only: ReadonlySet<string> | null,
): readonly PairRisk[] {
  const names = changes.map(({ name }) => name);
  const heads = [...onBase].flatMap(([name, found]) =>
    found.verdict === 'unknown' ? [{ name, reason: found.reason }] : [],
  );
  const reasons = [...groupBy(heads, ({ reason }) => [reason])].flatMap(([reason, same]) =>
    same.map(({ name }): [string, string] => [name, `${namesOf(same)}: ${reason}`]),
  );
  return unknownPairs(names, new Map(reasons), (pair) => pair.some((place) => only?.has(names[place] ?? '') ?? true));
}

/** A full disk, or heads that were never fetched: what all of them share is one reason, not one for each. */
function namesOf(heads: readonly { readonly name: string }[]): string {
  const shown = heads.slice(0, MOST_NAMES).map(({ name }) => name);
  const left = heads.length - shown.length;
  return left > 0 ? `${shown.join(', ')} and ${left} more` : shown.join(', ');
}

const MOST_NAMES = 3;

/** What a fresh clone calls the repository's main branch, then what such a branch is mostly called. */
const USUAL_BASES = ['refs/remotes/origin/HEAD', 'main', 'master', 'HEAD'];

/** The base as named, else what a clone calls the repository's main branch. */
export async function findCloneBase({ repository }: RiskClone, asked: string | undefined): Promise<ResolvedHead> {
  if (asked !== undefined) return resolveBase(repository, asked);
  let broken: UserError | null = null;
  for (const name of USUAL_BASES) {
    const { found, complaint } = await lookForBase(repository, name);
    if (complaint !== '') broken ??= brokenBase(repository, name, complaint);
    if (found !== null) return { ...found, name: name.replace(/^refs\/remotes\/(.*)\/HEAD$/, '$1/HEAD') };
  }
  if (broken !== null) throw broken;
  const message = `${JSON.stringify(repository.path)} has neither a main nor a master branch`;
  throw new UserError('not_found', message, 'Name the branch that changes go into: --base NAME.');
}

/** As the base has it; the owner's default is on GitHub, and not asked for. */
async function loadConfigOf(
  { repository, origin }: RiskClone,
  base: ResolvedHead,
): Promise<{
  readonly config: Config;
  readonly remarks: readonly string[];
}> {
  const name = `${base.tree}:${CONFIG_PATH}`;
  const bytes = (await readBlobs(repository, [name])).get(name);
  const configText = bytes === undefined ? null : Buffer.from(bytes, 'latin1').toString('utf8');
  const read = { configText, ownerConfigText: null, gaps: [] };
  if (configText === null || isValidConfig(configText)) return configInForce(read);
  const valid = await loadLastValidText(repository, { base, path: CONFIG_PATH, isValid: isValidConfig });
  if (valid === null) return configInForce(read);
  const { text, commit: sha, committedAt } = valid;
  const url = origin === null ? '' : `https://${origin.host}/${origin.owner}/${origin.repo}/commit/${sha}`;
  return configInForce({
    ...read,
    lastValidConfigs: { repository: { text, commit: { sha, committedAt, url } }, owner: null },
  });
}

async function loadChanges({ repository, origin }: RiskClone, wish: HeadsWish, now: string) {
  const { named, remarks } = await listOpenHeads(repository, wish);
  const refs = named.map(({ ref, commit }) => ({ name: ref, commit }));
  const resolved = await resolveHeads(repository, refs);
  const commitOf = new Map(refs.map(({ name }, place) => [name, resolved[place]?.commit]));
  const present = [...commitOf.values()].filter((commit) => commit !== undefined);
  const words = await describeCommits(repository, present);
  const onGitHub = named.some(({ number }) => number !== null) && origin?.host === 'github.com' ? origin : null;
  const github = onGitHub === null ? null : { owner: onGitHub.owner, repo: onGitHub.repo };
  return {
    ...{ named, remarks },
    repository: github,
    changes: named.map((head) => changeOf(head, { words: words.get(commitOf.get(head.ref) ?? ''), github, now })),
  };
}

interface Known {
  readonly words: CommitWords | undefined;
  readonly github: RepositoryRef | null;
  readonly now: string;
}

/** A head whose commit is not there is as new as can be, so that it is not left out: it shows as unknown. */
function changeOf({ name, number, commit }: NamedHead, { words, github, now }: Known): RiskChange {
  const author = words?.author ?? null;
  const isOnGitHub = github !== null && number !== null;
  return {
    ...{ name, author, headSha: commit, files: null, isDraft: false, heldBy: [], before: [], anew: [], after: [] },
    ...{ priority: 0, priorityLabel: null },
    number,
    url: isOnGitHub ? `https://github.com/${github.owner}/${github.repo}/pull/${number}` : null,
    title: words?.title ?? '',
    enteredAt: words?.authoredAt ?? now,
    updatedAt: words?.committedAt ?? now,
    isDependencyBot: isDependencyBot(author),
  };
}

interface Choice {
  readonly changes: readonly RiskChange[];
  readonly base: ResolvedHead;
  readonly wish: RiskWish;
  /** Names of changes. */
  readonly only: ReadonlySet<string> | null;
  readonly now: string;
}

/**
 * Those that wait, those asked for by name, and whatever one of them stands on. Of the rest those are named that the base does
 * not hold, and not looked at.
 */
async function chooseJudged({ repository }: RiskClone, { changes, base, wish, only, now }: Choice) {
  const asked = only ?? new Set();
  const waiting = new Set(leaveOut(changes, { ...wish.scope, now }).waiting.map(({ name }) => name));
  const first = changes.filter(({ name }) => waiting.has(name) || asked.has(name));
  const resolved = await resolveHeads(
    repository,
    first.map(({ name, headSha }) => ({ name, commit: headSha })),
  );
  const histories = await loadHistory(
    repository,
    base,
    resolved.filter((head) => head !== null),
  );
  const below = new Set<string>();
  for (const one of histories) if (one.known) for (const commit of one.standing.unmerged) below.add(commit);
  const judged = changes.filter(({ name, headSha }) => waiting.has(name) || asked.has(name) || below.has(headSha));
  const isJudged = new Set(judged);
  const aside = changes.filter((change) => !isJudged.has(change));
  const found = await resolveHeads(
    repository,
    aside.map(({ name, headSha }) => ({ name, commit: headSha })),
  );
  const held = await heldByBase(
    repository,
    base,
    found.filter((head) => head !== null),
  );
  return { judged, aside: aside.filter(({ name }) => !held.has(name)), held };
}

/** What somebody typed, as the change is called here; itself where there is none. */
function nameOf(word: string, heads: readonly NamedHead[]): string {
  const [one, ...others] = findHeads(word, heads);
  if (others.length === 0) return one?.name ?? word;
  const names = [one, ...others].map((head) => head?.name).join(', ');
  throw new UserError('usage', `${JSON.stringify(word)} stands for several changes: ${names}.`, 'Name one of them.');
}

/** Of commits only their dates are known, and those are of when somebody wrote, rebased or fetched them. */
const NO_CAP =
  'No cap on the wait, because a clone does not tell since when a change waits; --max-wait 7d counts from its last commit.';
const COMMIT_DATES =
  'The wait counts from the date of the last commit, because a clone does not tell since when a change waits.';

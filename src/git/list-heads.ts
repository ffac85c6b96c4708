import { coversPath } from '../core/covers-path.ts';
import { UserError } from '../core/failure.ts';
import { compileGlob } from '../core/glob.ts';
import { PARTIAL, unindexedPacks } from './explain-failure.ts';
import { type Repository, runIn } from './open-repository.ts';
import { runBatch } from './run-batch.ts';

/** One side of a trial: a name for people and the commit that it stood for when it was read. */
export interface Head {
  readonly name: string;
  /** Empty where the ref is broken, so that it stands for none. */
  readonly commit: string;
}

/** A commit that is there, with the tree it holds. */
export interface ResolvedHead extends Head {
  readonly tree: string;
}

/**
 * The refs that match patterns such as `refs/pull/*\/head` or `refs/heads/*` (`*` stays within one part of the name, as in
 * git), in git's order, then those that are broken; whether the commits exist is not looked at. Never more than `limit`.
 */
export async function listHeads(
  repository: Repository,
  patterns: readonly string[],
  limit = 20_000,
): Promise<readonly Head[]> {
  const format = '--format=%(objectname) %(refname)';
  const wanted = patterns.map(patternOf);
  const args = ['for-each-ref', `--count=${limit}`, format, '--', ...wanted];
  const { ended, stdout, complaint, remarks } = await runIn(repository, { args, maxRemarkBytes: REMARK_BYTES });
  if (ended !== 'done') {
    const hint = 'Look at the repository with `git for-each-ref`; a fresh clone may help.';
    throw new UserError(
      'not_found',
      `the refs of ${JSON.stringify(repository.path)} cannot be read: ${complaint}`,
      hint,
    );
  }
  const heads = stdout.split('\n').flatMap((line) => {
    const at = line.indexOf(' ');
    return at < 0 ? [] : [{ commit: line.slice(0, at), name: line.slice(at + 1) }];
  });
  return [...heads, ...brokenRefs(remarks, wanted).map((name) => ({ name, commit: '' }))].slice(0, limit);
}

/** What is no ref is the name of a branch. */
export const patternOf = (pattern: string): string => pattern.replace(/^(?!refs\/)/, 'refs/heads/');

/** A line for each of 20,000 broken refs. */
const REMARK_BYTES = 4 * 1024 * 1024;

/**
 * git leaves out refs that name no commit, as a crash leaves them behind, and only warns of them: of all that it comes by,
 * whether they match or not. Those with a name that no ref may have are somebody's files.
 */
function brokenRefs(remarks: string, patterns: readonly string[]): readonly string[] {
  const found = [...remarks.matchAll(/^warning: ignoring broken ref (.+)$/gm)].flatMap(([, name]) => name ?? []);
  if (found.length === 0) return [];
  const fits = patterns.map((pattern) => (/[*?]/.test(pattern) ? compileGlob(pattern) : coversPath(pattern)));
  return [...new Set(found)].filter((name) => fits.some((isFit) => isFit(name)));
}

/** Heads with their trees, in the same order; null where the name stands for no commit that is there. */
export async function resolveHeads(
  repository: Repository,
  heads: readonly Head[],
): Promise<readonly (ResolvedHead | null)[]> {
  const kept = resolved.get(repository.trees) ?? new Map<string, Ids>();
  resolved.set(repository.trees, kept);
  const known = new Map<string, Ids>();
  for (const { commit } of heads) {
    const ids = kept.get(commit);
    if (ids !== undefined) known.set(commit, ids);
  }
  const missing = [...new Set(heads.map(({ commit }) => commit))].filter((commit) => !known.has(commit));
  const lines = missing.flatMap((commit) => [`${commit}^{commit}`, `${commit}^{tree}`]);
  const args = ['cat-file', '--batch-check'];
  const answers = await runBatch(repository, { args, lines, read: readIds, isQuick: true });
  for (const [index, name] of missing.entries()) {
    const [commit, tree] = [answers[index * 2], answers[index * 2 + 1]];
    if (commit?.known !== true || tree?.known !== true || commit.value === null || tree.value === null) continue;
    const ids = { commit: commit.value, tree: tree.value };
    known.set(name, ids);
    if (isFullId(name)) kept.set(name, ids);
  }
  return heads.map(({ name, commit }) => {
    const ids = known.get(commit);
    return ids === undefined ? null : { name, ...ids };
  });
}

/** Only these stand for the same for ever. */
const isFullId = (name: string): boolean => /^[0-9a-f]{40,64}$/.test(name);

type Ids = Pick<ResolvedHead, 'commit' | 'tree'>;

/**
 * What was found, until the repository is closed: the same merge bases are asked for again and again. By its set of trees,
 * which it shares with its copies under another signal.
 */
const resolved = new WeakMap<Repository['trees'], Map<string, Ids>>();

function readIds(text: string): readonly (string | null)[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => /^([0-9a-f]{40,64}) (commit|tree) \d+$/.exec(line)?.[1] ?? null);
}

/** The commit of a name; else, where git complained of more than that there is none, of what. */
export async function lookForBase(
  repository: Repository,
  name: string,
): Promise<{ readonly found: ResolvedHead | null; readonly complaint: string }> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
  const { stdout, complaint } = await runIn(repository, { args });
  if (stdout.trim() === '') return { found: null, complaint };
  const [found] = await resolveHeads(repository, [{ name, commit: stdout.trim() }]);
  return found ? { found, complaint: '' } : { found: null, complaint: complaint || 'its commit or its files are gone' };
}

export function brokenBase({ path, isPartial, unindexed }: Repository, name: string, complaint: string): UserError {
  const packs = unindexedPacks({ unindexed });
  if (packs !== null) {
    const message = `the commit called ${JSON.stringify(name)} in ${JSON.stringify(path)} is not found`;
    return new UserError('not_found', message, `${packs.replace(/^the/, 'The')}.`);
  }
  const hint = isPartial
    ? `${PARTIAL.replace(/^this/, 'This')}.`
    : 'Look at the repository with `git fsck`; a fresh clone may help.';
  const message = `the commit called ${JSON.stringify(name)} in ${JSON.stringify(path)} cannot be read: ${complaint}`;
  return new UserError('not_found', message, hint);
}

/**
 * What a name such as `main`, `refs/heads/main`, `origin/main`, `HEAD` or a full commit id stands for. Throws `usage` for a
 * name that is none, `not_found` where the repository has no such commit.
 */
export async function resolveBase(repository: Repository, name: string): Promise<ResolvedHead> {
  // What git would take for an option, a range, a path in a tree, a date or a search is no name of a branch.
  if (!/^[^-:^~@{}?*[\\\s\p{Cc}][^:^~?*[\\\s\p{Cc}]*$/u.test(name) || name.includes('..') || name.includes('@{')) {
    throw new UserError('usage', `${JSON.stringify(name)} cannot be a base branch`, 'Name a branch: --base main.');
  }
  const { found, complaint } = await lookForBase(repository, name);
  if (found !== null) return found;
  if (complaint !== '') throw brokenBase(repository, name, complaint);
  if (repository.unindexed.length > 0 && name !== '') throw brokenBase(repository, name, complaint);
  const hint = 'Name a branch that this clone has: --base main.';
  throw new UserError(
    'not_found',
    `${JSON.stringify(repository.path)} has no commit called ${JSON.stringify(name)}`,
    hint,
  );
}

import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../store/make-folder.ts';
import { settingsForRemote } from './remote-settings.ts';
import { type GitOutcome, runGit } from './run-git.ts';

export interface MirrorWish {
  /** Names of the branches that pull requests are to be merged into. */
  readonly branches: readonly string[];
  /** Numbers of the open pull requests. */
  readonly pulls: readonly number[];
  /** What else the clone has is kept, as it is. Default: it is dropped. */
  readonly keepsOthers?: true;
  /** Of the installation; null reads what anybody may. It is on no disk and in no argument. */
  readonly token: string | null;
}

export interface MirrorLimits {
  /** Of one fetch. */
  readonly timeoutMs: number;
  /** Of one clone on disk; one that grows past it is given up. */
  readonly maxBytes: number;
}

interface Mirror {
  /** The bare clone's own folder, made where it is missing. */
  readonly folder: string;
  readonly url: string;
}

export type MirrorOutcome =
  | {
      readonly ready: true;
      readonly path: string;
      readonly bytes: number;
      /** Whether all of it was fetched anew: the first time, or because what was there could not be read. */
      readonly isNew: boolean;
      /** Names of refs that were asked for and that the remote does not have. */
      readonly missing: readonly string[];
    }
  /** What stood there before still does, unless it was too large. */
  | { readonly ready: false; readonly reason: string };

const WATCH_MS = 2000;
const LIST_TIMEOUT_MS = 60_000;

/**
 * Brings a bare clone up to the branches and open pull requests of its remote. Nothing of it runs: no hooks, no tags, no
 * submodules, no working tree. Objects are taken as they are: GitHub checked them when they were pushed, and old
 * repositories hold some that `fsck` refuses. A clone that cannot be read is made anew. Never throws for what git says.
 */
export async function fetchMirror(mirror: Mirror, wish: MirrorWish, limits: MirrorLimits): Promise<MirrorOutcome> {
  const { folder } = mirror;
  const git = gitOf(mirror, wish);
  const wanted = refsOf(wish);
  const before = await begin(folder);
  if (wish.keepsOthers !== true) await dropOthers(git, wanted);
  const first = await fetchRefs(git, { mirror, refs: wanted, limits });
  if (first === 'too_large') return tooLarge(folder, limits);
  if (first.ended === 'done' && (await isWhole(git))) return tidied(git, { folder, isNew: !before, missing: [] });
  const listed = await listRemote(mirror, wish);
  if (listed.ended !== 'done') return { ready: false, reason: reasonOf(listed) };
  const there = new Set(listed.stdout.split('\n').map((line) => line.split('\t')[1]));
  const refs = wanted.filter((ref) => there.has(ref));
  const missing = wanted.filter((ref) => !there.has(ref));
  if (missing.length > 0 && first.ended === 'failed') {
    const second = await fetchRefs(git, { mirror, refs, limits });
    if (second === 'too_large') return tooLarge(folder, limits);
    if (second.ended === 'done' && (await isWhole(git))) return tidied(git, { folder, isNew: !before, missing });
  }
  if (first.ended === 'too_slow') return { ready: false, reason: reasonOf(first) };
  await rm(folder, { recursive: true, force: true });
  await begin(folder);
  const anew = await fetchRefs(git, { mirror, refs, limits });
  if (anew === 'too_large') return tooLarge(folder, limits);
  if (anew.ended !== 'done') return { ready: false, reason: reasonOf(anew) };
  return tidied(git, { folder, isNew: true, missing });
}

type RunGit = (
  args: readonly string[],
  options?: { readonly input?: string; readonly timeoutMs?: number; readonly signal?: AbortSignal },
) => Promise<GitOutcome>;

function gitOf({ folder, url }: Mirror, { token }: MirrorWish): RunGit {
  const place = { gitFolder: folder, workTree: dirname(folder) };
  return (args, options = {}) => runGit({ args, place, environment: settingsForRemote(url, token), ...options });
}

const refsOf = ({ branches, pulls }: MirrorWish): readonly string[] => [
  ...new Set([...branches.map((name) => `refs/heads/${name}`), ...pulls.map((number) => `refs/pull/${number}/head`)]),
];

/** Whether there was a clone before. */
async function begin(folder: string): Promise<boolean> {
  const exists = await stat(join(folder, 'HEAD')).then(
    () => true,
    () => false,
  );
  makeFolder(folder);
  // Not in place: git makes no bare repository where it is told of a working tree.
  if (!exists) await runGit({ args: ['init', '--quiet', '--bare', '--template=', '--', folder] });
  return exists;
}

/** Also makes room: a branch `a/b` cannot come while a former branch `a` is there. */
async function dropOthers(git: RunGit, wanted: readonly string[]): Promise<void> {
  const { stdout } = await git(['for-each-ref', '--format=%(refname)']);
  const keep = new Set(wanted);
  const others = stdout.split('\n').filter((name) => name !== '' && !keep.has(name));
  if (others.length > 0)
    await git(['update-ref', '--stdin'], { input: others.map((name) => `delete ${name}\n`).join('') });
}

/** Away from the clone, whose own settings may be what is broken. */
function listRemote({ folder, url }: Mirror, { token }: MirrorWish): Promise<GitOutcome> {
  const place = { gitFolder: `${folder}.none`, workTree: dirname(folder) };
  const environment = settingsForRemote(url, token);
  return runGit({ args: ['ls-remote', '--quiet', '--', url], place, environment, timeoutMs: LIST_TIMEOUT_MS });
}

interface Fetch {
  readonly mirror: Mirror;
  readonly refs: readonly string[];
  readonly limits: MirrorLimits;
}

const FETCH = ['fetch', '--quiet', '--force', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules'];

/** git itself knows no bound for what it fetches, so its folder is watched meanwhile. */
async function fetchRefs(git: RunGit, { mirror, refs, limits }: Fetch): Promise<GitOutcome | 'too_large'> {
  if (refs.length === 0) return { ended: 'done', stdout: '', complaint: '', remarks: '' };
  const stop = new AbortController();
  const watch = setInterval(() => {
    void sizeOf(mirror.folder).then((bytes) => bytes > limits.maxBytes && stop.abort());
  }, WATCH_MS);
  const input = refs.map((ref) => `+${ref}:${ref}\n`).join('');
  const options = { input, timeoutMs: limits.timeoutMs, signal: stop.signal };
  const outcome = await git([...FETCH, '--refmap=', '--stdin', '--', mirror.url], options);
  clearInterval(watch);
  const isTooLarge = stop.signal.aborted || (await sizeOf(mirror.folder)) > limits.maxBytes;
  return isTooLarge ? 'too_large' : outcome;
}

/** Whether every commit that a ref names is there: a lost or broken pack shows at once. */
async function isWhole(git: RunGit): Promise<boolean> {
  const { ended } = await git(['for-each-ref', '--format=%(tree)']);
  return ended === 'done';
}

/** Packs of many fetches become one, and what was pushed over long ago goes. */
async function tidied(
  git: RunGit,
  { folder, isNew, missing }: { readonly folder: string; readonly isNew: boolean; readonly missing: readonly string[] },
): Promise<MirrorOutcome> {
  await git(['gc', '--auto', '--quiet', '--prune=1.hour.ago'], { timeoutMs: 600_000 });
  return { ready: true, path: folder, bytes: await sizeOf(folder), isNew, missing };
}

async function tooLarge(folder: string, { maxBytes }: MirrorLimits): Promise<MirrorOutcome> {
  await rm(folder, { recursive: true, force: true });
  return { ready: false, reason: `it takes more than ${Math.round(maxBytes / 1_000_000)} MB` };
}

/** Bytes of all files below a folder; those that vanish meanwhile count nothing. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

const reasonOf = ({ ended, complaint }: GitOutcome): string =>
  ended === 'too_slow' ? 'git was too slow' : complaint || 'git failed without a word';

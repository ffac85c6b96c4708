import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../core/failure.ts';
import { borrowRefs } from './borrow-refs.ts';
import { demandGit } from './demand-git.ts';
import { locateRepository, type RepositoryFolders, readHead, readSmall } from './locate-repository.ts';
import { makeOwnFolder, removeOwnFolder } from './make-own-folder.ts';
import { borrowObjects, linkFile } from './object-stores.ts';
import { type GitCall, type GitOutcome, runGit } from './run-git.ts';

/** A repository at hand, read through a git folder of our own. Close it: the folder goes with it. */
export interface Repository {
  /** As it was named. */
  readonly path: string;
  /** What git says of its version: another may merge otherwise. */
  readonly gitVersion: string;
  /** Ours, below the machine's temporary folder; whatever git writes lands here. */
  readonly folder: string;
  readonly objectFormat: ObjectFormat;
  /** Commits at which a shallow clone was cut off; empty for a whole one. */
  readonly shallow: ReadonlySet<string>;
  /** It was cloned with `--filter`, so that objects may be missing that its server has. */
  readonly isPartial: boolean;
  /** Packs whose index is missing: nobody finds what is in them. */
  readonly unindexed: readonly string[];
  /** Trees that trial merges have written into our folder since it was opened. */
  readonly trees: Set<string>;
  /** Ends whatever git is asked here that names no signal of its own. */
  readonly signal?: AbortSignal;
  close(): Promise<void>;
}

export type ObjectFormat = 'sha1' | 'sha256';

const CONFIG_BYTES = 1024 * 1024;
const SHALLOW_BYTES = 64 * 1024 * 1024;

/**
 * Opens a checkout, a linked worktree or a bare clone for reading. git runs only in a new, private folder: its refs are a
 * link to the repository's, its objects come from `borrowObjects`, its configuration is ours. So hooks, filters, merge and
 * diff drivers, `core.fsmonitor`, includes and attributes of the repository's own configuration are never even read, its
 * owner does not matter (`safe.directory` guards against that configuration), and nothing is written to it. What the
 * repository gains later is not seen; open it again.
 * Throws `not_found` where no repository is, `usage` for a git older than 2.38 and for refs in a reftable.
 */
export async function openRepository(path: string): Promise<Repository> {
  const gitVersion = await demandGit();
  const folders = await locateRepository(path);
  const folder = await makeOwnFolder();
  const close = (): Promise<void> => removeOwnFolder(folder);
  try {
    const { objectFormat, isPartial } = await readFormat(folders, folder, path);
    const shallow = (await readSmall(join(folders.commonFolder, 'shallow'), SHALLOW_BYTES)) ?? '';
    const unindexed = await makeGitFolder(join(folder, 'git'), { folders, objectFormat, shallow });
    await mkdir(join(folder, 'no-attributes'));
    await dropBrokenGraph(folder);
    const cuts = new Set(shallow.split('\n').filter(Boolean));
    return { path, gitVersion, folder, objectFormat, isPartial, unindexed, shallow: cuts, trees: new Set(), close };
  } catch (problem) {
    await close();
    throw problem;
  }
}

export interface RepositoryCall extends Omit<GitCall, 'place'> {
  /** A folder with the `.gitattributes` that hold; without it none do. */
  readonly workTree?: string;
}

/** Runs git for a repository: in our own folder, never in the repository's. */
export function runIn({ folder, signal }: Repository, { workTree, ...call }: RepositoryCall): Promise<GitOutcome> {
  const place = { gitFolder: join(folder, 'git'), workTree: workTree ?? join(folder, 'no-attributes') };
  return runGit({ ...(signal && { signal }), ...call, place });
}

const SETTINGS = '^(extensions\\.|remote\\..*\\.promisor$)';

/** Reads a few keys of the configuration as data: without its includes, by a git that does not take it as its own. */
async function readFormat(
  folders: RepositoryFolders,
  folder: string,
  path: string,
): Promise<Pick<Repository, 'objectFormat' | 'isPartial'>> {
  const text = await readSmall(join(folders.commonFolder, 'config'), CONFIG_BYTES);
  if (text === null) return { objectFormat: 'sha1', isPartial: false };
  const args = ['config', '--no-includes', '-z', '--file', '-', '--get-regexp', SETTINGS];
  const { stdout } = await runGit({ args, input: text, place: { gitFolder: folder, workTree: folder } });
  const values = new Map(stdout.split('\0').map((entry): [string, string] => keyAndValue(entry)));
  if ((values.get('extensions.refstorage') ?? 'files') !== 'files') {
    const hint = 'Use a clone that keeps its refs as files: `git clone --ref-format=files`.';
    throw new UserError('usage', `the refs of ${JSON.stringify(path)} are in a reftable, which is not read`, hint);
  }
  return {
    objectFormat: values.get('extensions.objectformat') === 'sha256' ? 'sha256' : 'sha1',
    isPartial: [...values.keys()].some((key) => /^(extensions\.partialclone|remote\..*\.promisor)$/.test(key)),
  };
}

function keyAndValue(entry: string): [string, string] {
  const at = entry.indexOf('\n');
  return at < 0 ? [entry, ''] : [entry.slice(0, at).toLowerCase(), entry.slice(at + 1).toLowerCase()];
}

/** A commit graph only makes git faster, and a broken one has it fail or complain on every commit: then it goes. */
async function dropBrokenGraph(folder: string): Promise<void> {
  const place = { gitFolder: join(folder, 'git'), workTree: join(folder, 'no-attributes') };
  const graphs = ['commit-graph', 'commit-graphs'].map((name) => join(place.gitFolder, 'objects/info', name));
  if (!graphs.some(existsSync)) return;
  const { stdout } = await runGit({ args: ['for-each-ref', '--count=1', '--format=%(objectname)'], place });
  const args = ['rev-list', '--max-count=1', '--stdin'];
  const { complaint } = await runGit({ args, input: stdout, place });
  if (complaint !== '') await Promise.all(graphs.map((graph) => rm(graph, { recursive: true, force: true })));
}

interface GitFolderParts {
  readonly folders: RepositoryFolders;
  readonly objectFormat: ObjectFormat;
  readonly shallow: string;
}

async function makeGitFolder(
  target: string,
  { folders, objectFormat, shallow }: GitFolderParts,
): Promise<readonly string[]> {
  const { gitFolder, commonFolder } = folders;
  await mkdir(target);
  await borrowRefs(join(commonFolder, 'refs'), join(target, 'refs'));
  await linkFile(join(commonFolder, 'packed-refs'), join(target, 'packed-refs'));
  await writeFile(join(target, 'HEAD'), (await readHead(gitFolder)) ?? 'ref: refs/heads/main\n');
  await writeFile(join(target, 'config'), configOf(objectFormat));
  if (shallow !== '') await writeFile(join(target, 'shallow'), shallow);
  return borrowObjects(join(commonFolder, 'objects'), join(target, 'objects'));
}

function configOf(objectFormat: ObjectFormat): string {
  const isNew = objectFormat === 'sha256';
  return [
    ...[
      '[core]',
      `repositoryFormatVersion = ${isNew ? 1 : 0}`,
      'bare = false',
      'fsync = none',
      'multiPackIndex = false',
    ],
    ...['logAllRefUpdates = false', 'looseCompression = 0'],
    ...['[gc]', 'auto = 0', '[maintenance]', 'auto = false'],
    ...(isNew ? ['[extensions]', 'objectFormat = sha256'] : []),
    '',
  ].join('\n');
}

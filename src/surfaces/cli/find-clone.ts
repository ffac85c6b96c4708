import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { RepositoryRef } from '../../core/task/identity.ts';
import { repositoryKey } from '../../core/task/identity.ts';
import { identifyClone } from '../../git/read-origin.ts';
import { originOf } from '../../github/origin-of.ts';
import { parseRepository } from '../../operations/repository-input.ts';
import type { CliIo, GlobalOptions } from './cli-io.ts';
import { findDefaultRepository } from './find-default-repository.ts';

type Options = GlobalOptions & { readonly write?: unknown };

interface Placed {
  readonly input: Readonly<Record<string, unknown>>;
  readonly options: Options;
}

/**
 * Which clone a command of integration risk looks into. `--repo` with a folder names one, and without a repository beside it
 * GitHub is not asked; nor is it where refs are named that stand for changes (`--heads`). Otherwise it is the checkout that one
 * is in, where that comes from the repository that is meant.
 */
export async function findClone(
  input: Readonly<Record<string, unknown>>,
  options: Options,
  io: CliIo,
): Promise<Placed> {
  const { folder, others } = await readRepo(options, io);
  const { repo } = options;
  if (folder !== null) return { input: { ...input, clone: folder }, options: others };
  const isUnnamed = input.repository === undefined && repo === undefined && options.world === undefined;
  if (input.heads !== undefined && isUnnamed) return { input: { ...input, clone: io.cwd }, options };
  const asked = typeof input.repository === 'string' ? input.repository : repo;
  const repository = asked === undefined && options.world === undefined ? await findDefaultRepository(io) : null;
  const meant = asked === undefined ? repository : parseRepository(asked);
  if (meant === null || options.world !== undefined) return { input, options };
  const clone = await checkoutOf(meant, io);
  const named = { ...input, repository: `${meant.owner}/${meant.repo}` };
  return { input: clone === null ? named : { ...named, clone }, options };
}

/**
 * The clone that `--repo` names as a folder, for a command that asks GitHub whatever else there is: `#12` then means an issue
 * of the repository that it comes from.
 */
export async function nameClone(
  input: Readonly<Record<string, unknown>>,
  options: Options,
  io: CliIo,
): Promise<Placed> {
  const { folder, others } = await readRepo(options, io);
  if (folder === null) return { input, options };
  const found = options.world === undefined ? await identifyClone(folder).catch(() => null) : null;
  const origin = found?.origin?.host === hostOf(io) ? found.origin : null;
  const meant = origin === null ? {} : { repo: `${origin.owner}/${origin.repo}` };
  return { input: { ...input, clone: folder }, options: { ...others, ...meant } };
}

const hostOf = ({ env }: CliIo): string => originOf(env.GITHUB_API_URL || 'https://api.github.com');

interface ReadRepo {
  /** Null where `--repo` names none: then it names a repository, or nothing. */
  readonly folder: string | null;
  readonly others: Options;
}

async function readRepo({ repo, ...others }: Options, io: CliIo): Promise<ReadRepo> {
  return { folder: repo === undefined ? null : await folderOf(repo, io), others };
}

/** A value that is no folder yet looks like one is meant as one, so that its absence is told. */
async function folderOf(repo: string, { cwd, env }: CliIo): Promise<string | null> {
  const path = resolve(cwd, repo.replace(/^~(?=\/|$)/, env.HOME || homedir()));
  if (/^[./~]/.test(repo)) return path;
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() === true ? path : null;
}

async function checkoutOf(repository: RepositoryRef, io: CliIo): Promise<string | null> {
  const { cwd } = io;
  const found = await identifyClone(cwd).catch(() => null);
  const isIts = found?.origin?.host === hostOf(io) && repositoryKey(found.origin) === repositoryKey(repository);
  return isIts ? cwd : null;
}

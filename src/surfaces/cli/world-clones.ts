import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { known, unknown } from '../../core/reading.ts';
import { createMirrors } from '../../git/mirrors.ts';
import type { Machine } from '../../operations/operation.ts';

interface WorldClones {
  readonly fetch: NonNullable<Machine['fetchClone']>;
  close(): Promise<void>;
}

/** Clones of a world's repositories, fetched from its own server when something asks for one, and deleted in the end. */
export function worldClones(remote: string, token: string): WorldClones {
  let folder: Promise<string> | null = null;
  const place = (): Promise<string> => {
    folder ??= mkdtemp(join(tmpdir(), 'parasol-world-'));
    return folder;
  };
  return {
    fetch: async (repository, branches, pulls = []) => {
      const mirrors = createMirrors({ folder: join(await place(), 'clones'), remote });
      const outcome = await mirrors.use(repository, { branches, pulls, token }, async (fetched) => fetched);
      const what = `the history of ${repository.owner}/${repository.repo} in git`;
      return outcome.ready
        ? known(outcome.path)
        : unknown({ cause: 'unavailable', what: `${what} (${outcome.reason})` });
    },
    close: async () => {
      if (folder !== null) await rm(await folder, { recursive: true, force: true });
    },
  };
}

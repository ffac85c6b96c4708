import { type Repository, runIn } from './open-repository.ts';

export interface FoundObject {
  readonly id: string;
  readonly type: string;
  readonly bytes: number;
}

/** How many names one process is given: each answer is as long as its name and a little more. */
const NAMES_PER_PROCESS = 100_000;

/** What objects named by an id or as `commit:path` are; those that are missing are left out. Null where git cannot tell. */
export async function findObjects(
  repository: Repository,
  names: readonly string[],
): Promise<ReadonlyMap<string, FoundObject> | null> {
  const found = new Map<string, FoundObject>();
  for (let from = 0; from < names.length; from += NAMES_PER_PROCESS) {
    const some = names.slice(from, from + NAMES_PER_PROCESS);
    const input = some.map((name) => `${name}\0`).join('');
    const args = ['cat-file', '-z', '--batch-check'];
    const { ended, stdout } = await runIn(repository, { args, input, encoding: 'latin1' });
    if (ended !== 'done') return null;
    const line = /([0-9a-f]{40,64}) (\w+) (\d+)\n/y;
    let at = 0;
    for (const name of some) {
      line.lastIndex = at;
      const [whole, id, type, bytes] = line.exec(stdout) ?? [];
      if (id !== undefined && type !== undefined) found.set(name, { id, type, bytes: Number(bytes) });
      // A missing one is echoed, with whatever line ends its path has.
      at += whole?.length ?? Buffer.byteLength(`${name} missing\n`);
    }
  }
  return found;
}

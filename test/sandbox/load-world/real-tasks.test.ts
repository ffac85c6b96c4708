import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadWorld } from '../../../src/sandbox/load-world.ts';

const FOLDER = join(import.meta.dirname, '../../../../shared/data/tasks');
const isPresent = existsSync(FOLDER);
if (!isPresent) console.warn('skipped: the task files are not in ../shared/data/tasks');

async function summarize(file: string) {
  const world = await loadWorld(join(FOLDER, file));
  const issues = [...world.repositories.values()].flatMap((repository) => [...repository.issues.values()]);
  return {
    tasks: issues.length,
    children: issues.filter(({ parent }) => parent !== null).length,
    umbrellas: issues.filter(({ children }) => children.length > 0).length,
    closed: issues.filter(({ state }) => state === 'closed').length,
    conflicts: world.loadConflicts.length,
  };
}

describe.skipIf(!isPresent)('the recorded task files', () => {
  test('beads loads whole; its four second parents are conflicts', async () => {
    expect(await summarize('beads.jsonl.gz')).toEqual({
      tasks: 2657,
      children: 532,
      umbrellas: 102,
      closed: 2318,
      conflicts: 4,
    });
  });

  test('backlog-md loads whole', async () => {
    expect(await summarize('backlog-md.jsonl.gz')).toEqual({
      tasks: 647,
      children: 136,
      umbrellas: 26,
      closed: 572,
      conflicts: 0,
    });
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../src/core/config.ts';
import { plannedIdOf } from '../../../src/core/task/planned-id.ts';
import { loadWorld } from '../../../src/sandbox/load-world.ts';

const FOLDER = join(import.meta.dirname, '../../../../shared/data/tasks');
const isPresent = existsSync(FOLDER);
if (!isPresent) console.warn('skipped: the task files are not in ../shared/data/tasks');

/** As they stand in the file, each once. */
function idsOf(file: string): Set<unknown> {
  const lines = gunzipSync(readFileSync(join(FOLDER, file)))
    .toString('utf8')
    .trim()
    .split('\n');
  return new Set(lines.map((line) => JSON.parse(line).id));
}

async function summarize(file: string) {
  const world = await loadWorld(join(FOLDER, file));
  const [repository] = world.repositories.values();
  const issues = [...(repository?.issues.values() ?? [])];
  const text = repository?.files.get('.github/parasol.yml') ?? null;
  const { ids } = parseConfig({ text, ownerText: null }).config.tasks;
  const written = idsOf(file);
  return {
    tasks: issues.length,
    plannedIds: issues.flatMap((issue) => plannedIdOf(issue, ids) ?? []).filter((id) => written.delete(id)).length,
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
      plannedIds: 2657,
      children: 532,
      umbrellas: 102,
      closed: 2318,
      conflicts: 4,
    });
  });

  test('backlog-md loads whole', async () => {
    expect(await summarize('backlog-md.jsonl.gz')).toEqual({
      tasks: 647,
      plannedIds: 647,
      children: 136,
      umbrellas: 26,
      closed: 572,
      conflicts: 0,
    });
  });
});

import { afterEach, describe, expect, test } from 'vitest';
import { applyChanges } from '../../src/operations/apply-changes.ts';
import { init } from '../../src/operations/init.ts';
import { harborWorld, type Reached, reach } from './harbor-world.ts';

const open: Reached[] = [];

afterEach(async () => {
  for (const { sandbox } of open.splice(0)) await sandbox.close();
});

async function start(files: Readonly<Record<string, string>> = {}) {
  const { world, repository } = harborWorld({ files });
  const reached = await reach(world);
  open.push(reached);
  return { ...reached, repository };
}

describe('init', () => {
  test('proposes from labels, forms, owners and titles, without writing', async () => {
    const { context, sandbox } = await start({
      '.github/ISSUE_TEMPLATE/task.yml': 'body:\n  - type: input\n    attributes: { label: Evidence URL }\n',
      '.github/ISSUE_TEMPLATE/config.yml': 'blank_issues_enabled: false\n',
      '.github/CODEOWNERS': '/api/ @ravi\n',
    });
    const { lines, text, exists, changes } = await init.run(context, {});
    expect(lines.map(({ yaml }) => yaml)).toEqual([
      'version: 1',
      'tasks:',
      "  ids: ['P{phase}.M{milestone}', 'P{phase}.M{milestone}.T{task}']",
      '  umbrella: { labels: [umbrella] }',
      "  lane_label: 'lane:*'",
      '  blocked_labels: [blocked]',
      '  artifacts:',
      "    - { field: 'Evidence URL', from: implemented, is: url }",
      'lanes:',
      "  api: { labels: ['lane:api'] }",
      "  docs: { labels: ['lane:docs'] }",
      'rollup: { mode: comment }',
    ]);
    expect(text).toContain('.github/CODEOWNERS gives /api/ to @ravi');
    expect({ exists, changes: changes.map(({ kind }) => kind) }).toEqual({ exists: false, changes: ['put_file'] });
    expect(sandbox.requests.writes()).toEqual([]);
  });

  test('its change puts the file where the next run finds it, and then there is nothing to write', async () => {
    const { context, repository } = await start();
    const first = await init.run(context, {});
    await applyChanges(context, first.changes);
    expect(repository.files.get('.github/parasol.yml')).toBe(first.text);
    const second = await init.run(context, {});
    expect({ exists: second.exists, changes: second.changes }).toEqual({ exists: true, changes: [] });
  });

  test('says which repository cannot be seen', async () => {
    const { context } = await start();
    await expect(init.run(context, { repository: 'octo/nowhere' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/core/config.ts';
import { type Gap, known, unknown } from '../../../src/core/reading.ts';
import type { TaskFacts } from '../../../src/core/task/facts.ts';
import { buildRollup, type RollupOptions } from '../../../src/core/umbrella/build-rollup.ts';
import { tasksNeedingIssueFields } from '../../../src/core/umbrella/tasks-needing-issue-fields.ts';
import { closedBy, NOW, pullRequestFacts, ref, snapshot, taskFacts, umbrellaOf } from '../build-facts.ts';

const configOf = (rules: string) => parseConfig({ text: `tasks: { artifacts: [${rules}] }`, ownerText: null }).config;
const config = configOf('{ field: Evidence, from: done, is: url }');
const done = (number: number, input: Partial<TaskFacts> = {}) =>
  taskFacts({ number, closedAt: '2026-05-08T09:00:00Z', ...input });

describe('tasksNeedingIssueFields', () => {
  const nested = done(4, { children: known([ref(5)]), childrenTotal: 1 });
  const children = [done(2), done(3, { body: 'Evidence: https://ci.example/1' }), nested, taskFacts({ number: 6 })];
  const below = done(5);
  const umbrella = umbrellaOf(children, { closedAt: '2026-05-09T09:00:00Z' });
  const facts = snapshot([umbrella, ...children, below]);
  const needing = (rules: typeof config) =>
    tasksNeedingIssueFields(facts, umbrella.ref, rules).map((task) => task.ref.number);

  it('names those that lack a field now, nested ones too, and never the umbrella', () => {
    expect(needing(config)).toEqual([2, 4, 5]);
  });

  it('names nobody where nothing is configured, or nothing that an issue field can be', () => {
    expect([configOf(''), configOf('{ field: Branch }, { field: A, in: pull_request }')].map(needing)).toEqual([
      [],
      [],
    ]);
  });

  it('leaves out what a pull request carries', () => {
    const child = done(2, closedBy(41));
    const pull = pullRequestFacts({ number: 41, body: 'Evidence: https://ci.example/1' });
    expect(tasksNeedingIssueFields(snapshot([umbrellaOf([child]), child], [pull]), ref(1), config)).toEqual([]);
  });
});

describe('a rollup', () => {
  const rollupOf = (child: TaskFacts, audience: RollupOptions['audience'] = 'umbrella_readers') =>
    buildRollup(snapshot([umbrellaOf([child]), child]), ref(1), { config, now: NOW, audience });
  const evidence = (isMembersOnly: boolean, value = 'https://ci.example/1') =>
    known([{ name: 'evidence', value, isMembersOnly }]);

  it('takes an issue field like any other', () => {
    const { children, integration } = rollupOf(done(2, { issueFields: evidence(false) }));
    expect([children[0]?.artifacts, integration.verdict]).toEqual([
      [{ field: 'Evidence', state: 'present', value: 'https://ci.example/1', place: 'issue field' }],
      'go',
    ]);
  });

  it('counts a field for members, and shows what it says to nobody else', () => {
    const child = done(2, { issueFields: evidence(true) });
    const shown = (audience: RollupOptions['audience']) => rollupOf(child, audience).children[0]?.artifacts;
    const status = { field: 'Evidence', state: 'present', place: 'issue field' };
    expect([shown('viewer'), shown('umbrella_readers'), rollupOf(child).integration.verdict]).toEqual([
      [{ ...status, value: 'https://ci.example/1' }],
      [{ ...status, value: null }],
      'go',
    ]);
  });

  it('shows a private umbrella no more of it: its readers need not be members', () => {
    const child = done(2, { issueFields: evidence(true), visibility: 'private' });
    const facts = snapshot([umbrellaOf([child], { visibility: 'private' }), child]);
    const { children } = buildRollup(facts, ref(1), { config, now: NOW, audience: 'umbrella_readers' });
    expect(children[0]?.artifacts[0]?.value).toBeNull();
  });

  const gaps: readonly [Gap, verdict: string, missing: readonly string[]][] = [
    [{ cause: 'forbidden', what: 'issue fields of octo/harbor#2', permission: 'issues: read' }, 'unknown', []],
    [{ cause: 'not_supported', what: 'issue fields' }, 'no_go', ['Evidence']],
  ];
  it.each(gaps)('that could not read them (%o) is %s', (gap, verdict, missing) => {
    const { children, integration, gaps: all } = rollupOf(done(2, { issueFields: unknown(gap) }));
    expect([integration.verdict, children[0]?.missingArtifacts, children[0]?.gaps, all]).toEqual([
      verdict,
      missing,
      [gap],
      [gap],
    ]);
  });
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { addCollaborator } from '../../../src/sandbox/create-world.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start-sandbox.ts';
import type { World } from '../../../src/sandbox/world.ts';
import { harborWorld, REPOSITORY } from '../../operations/harbor-world.ts';
import { captureRun } from './captured-run.ts';

let world: World;
let sandbox: Sandbox;

/** #1 is the umbrella of #2 to #4; #5 stands alone, and so does #6, whose title would like to be more than one line. */
beforeEach(async () => {
  ({ world } = harborWorld());
  openIssue(world, 'kim', { repository: REPOSITORY, title: 'Buoy\u001b[31m\u202e red' });
  sandbox = await startSandbox({ world });
});
afterEach(() => sandbox.close());

const parasol = (...argv: string[]) =>
  captureRun([...argv, '--repo', REPOSITORY], {
    env: { GITHUB_TOKEN: 'kims-token', GITHUB_API_URL: sandbox.apiUrl, GITHUB_GRAPHQL_URL: sandbox.graphqlUrl },
  });
const children = () =>
  world.repositories
    .get(REPOSITORY)
    ?.issues.get(1)
    ?.children.map(({ number }) => number);

test('link says what it would do to each, writes nothing, and exits with 3 when one is refused', async () => {
  const { exitCode, stdout, stderr } = await parasol('umbrella', 'link', '1', '2', '6', '1');
  expect(stdout).toBe(
    [
      'Issue  Title                      What                 Why                                    Instead',
      '#2     P1.M1.T1: Draw the schema  is so already',
      '#6     Buoy [31m red              would come under #1',
      '#1     P1.M1: Tides service       refused              octo/harbor#1 cannot be its own child  Name another issue.',
      'Nothing was written: --write does it.',
      '',
    ].join('\n'),
  );
  expect(stderr).toBe('error: Refused: 1 of 3 issues.\n  try: The reasons, and what to do instead, stand above.\n');
  expect([exitCode, children()]).toEqual([3, [2, 3, 4]]);
});

test('link --write writes what was not refused', async () => {
  const { exitCode, stderr } = await parasol('umbrella', 'link', '1', '1', '5', '--write');
  expect(stderr).toMatch(/^Done: make octo\/harbor#5 a child of octo\/harbor#1\nerror: Refused: 1 of 2 issues/);
  expect([exitCode, children()]).toEqual([3, [2, 3, 4, 5]]);
});

test('what GitHub refused is not told as done', async () => {
  const repository = world.repositories.get(REPOSITORY);
  if (repository === undefined) throw new Error('no repository');
  addCollaborator(world, repository, 'kim', 'read');
  const linked = await parasol('umbrella', 'link', '1', '5', '2', '--write');
  expect(linked.stdout).toMatch(/^#5 +Lighthouse +failed +\S.*\n#2 .* is so already\n$/m);
  expect(linked).toMatchObject({
    exitCode: 4,
    stderr: expect.stringMatching(
      /Could not make octo\/harbor#5 a child[\s\S]*try: Run `parasol doctor` to see what it may do/,
    ),
  });
  const ordered = await parasol('umbrella', 'order', '1', '4', '--first', '--write');
  expect(ordered.stdout).toMatch(/^Not done: put #4 first in #1 \(.+\)\.\n$/);
  expect(children()).toEqual([2, 3, 4]);
});

test('unlink, move and order write with --write alone', async () => {
  expect((await parasol('umbrella', 'unlink', '1', '2', '3')).stdout).toContain('would leave #1');
  expect(children()).toEqual([2, 3, 4]);
  const unlinked = await parasol('umbrella', 'unlink', '1', '2', '--write');
  expect(unlinked.stdout).toMatch(/leaves #1/);
  expect(unlinked.stdout).not.toMatch(/would|Nothing was written/);
  expect((await parasol('umbrella', 'unlink', '1', '2')).stdout).toContain(
    'octo/harbor#2 is no child of octo/harbor#1',
  );
  await parasol('umbrella', 'move', '2', '6', '--to', '1', '--write');
  expect(children()).toEqual([3, 4, 2, 6]);
  const { stdout, stderr } = await parasol('umbrella', 'order', '1', '6', '--first', '--write');
  expect(stdout).toBe('Done: put #6 first in #1.\n');
  expect([stderr, children()]).toEqual(['Done: put octo/harbor#6 first in octo/harbor#1\n', [6, 3, 4, 2]]);
});

test('JSON holds the report and, with --write, what became of each change', async () => {
  const { exitCode, stdout } = await parasol('umbrella', 'link', '1', '5', '--write', '--json');
  const ref = (number: number) => ({ owner: 'octo', repo: 'harbor', number });
  const change = { kind: 'add_sub_issue', parent: ref(1), child: ref(5), replaceParent: false };
  expect([exitCode, JSON.parse(stdout)]).toEqual([
    0,
    {
      umbrella: ref(1),
      items: [
        {
          named: 'octo/harbor#5',
          ref: ref(5),
          title: 'Lighthouse',
          outcome: 'link',
          reason: null,
          hint: null,
          from: null,
        },
      ],
      changes: [change],
      batchPlan: [],
      planId: null,
      outcomes: [{ change, outcome: 'done', reason: null, code: null }],
    },
  ]);
});

test('move without --to is told as usage', async () => {
  expect(await parasol('umbrella', 'move', '2')).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining("required option '--to <string>'"),
  });
});

test('lineage is told in blocks, hostile titles on one line', async () => {
  await parasol('umbrella', 'link', '1', '6', '--write');
  const { stdout } = await parasol('task', 'lineage', '4', '--at', '2026-03-02');
  expect(stdout).toBe(
    [
      'octo/harbor#4  P1.M1.T3: Tell the captains  open',
      '',
      'Parent on 2026-03-02T23:59:59Z: #1 since 2026-03-02T09:00:00Z, linked by kim',
      '',
      'Above, nearest first',
      '  #1  P1.M1: Tides service  open  linked by kim at 2026-03-02T09:00:00Z',
      '',
      'Beside',
      '  #2  P1.M1.T1: Draw the schema  closed',
      '  #3  P1.M1.T2: Serve the tides  open',
      '  #6  Buoy [31m red  open',
      '',
      'Waits for',
      '  #3  P1.M1.T2: Serve the tides  open  linked by kim at 2026-03-02T09:00:00Z',
      '',
    ].join('\n'),
  );
});

import { describe, expect, test } from 'vitest';
import { readinessReport } from '../../src/operations/readiness-report.ts';
import { closeIssue } from '../../src/sandbox/actions/close-issue.ts';
import { createComment } from '../../src/sandbox/actions/comment.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { addCollaborator, addRepository } from '../../src/sandbox/create-world.ts';
import type { World } from '../../src/sandbox/world.ts';
import { NOW, readinessWorld, repositoryOf } from '../github/readiness-world.ts';
import { connect, harbor, operationsOf } from '../github/umbrella-world.ts';

/** #4, which nobody did, is closed as completed: the scope is not what it seems to be. */
function blockedWorld(): World {
  const world = readinessWorld();
  closeIssue(world, 'kim', { item: harbor(4) });
  return world;
}

async function report(world: World) {
  const { client, sandbox } = await connect(world);
  const context = { github: client, now: () => NOW, defaultRepository: { owner: 'octo', repo: 'harbor' } };
  const output = await readinessReport.run(context, { scope: 'label:release blocker', audience: 'viewer' });
  const integrity = output.criteria.find(({ id }) => id === 'scope_integrity')?.outcome;
  const completion = output.criteria.find(({ id }) => id === 'completion')?.outcome;
  const waivers = output.waivers.map(({ by, state }) => ({ by, state }));
  const coverage = output.coverage.find(({ source }) => source === 'waivers');
  return { integrity, completion, waivers, coverage, operations: operationsOf(sandbox) };
}

const say = (world: World, login: string, body: string): unknown =>
  createComment(world, login, { item: harbor(4), body });

describe('a comment on what is in the way', () => {
  test('of somebody who may write waives it, until its day is over', async () => {
    const world = blockedWorld();
    say(world, 'ravi', '/parasol waive until 2026-03-20: done by hand');
    expect(await report(world)).toMatchObject({ integrity: 'waived', waivers: [{ by: 'ravi', state: 'active' }] });
    const late = blockedWorld();
    say(late, 'ravi', '/parasol waive until 2026-03-19: done by hand');
    expect(await report(late)).toMatchObject({ integrity: 'fail', waivers: [{ by: 'ravi', state: 'expired' }] });
  });

  test('of somebody who may only read is shown, and waives nothing', async () => {
    const world = blockedWorld();
    addCollaborator(world, repositoryOf(world), 'tomas', 'triage');
    say(world, 'tomas', '/parasol waive until 2026-04-20: done by hand');
    expect(await report(world)).toMatchObject({ integrity: 'fail', waivers: [{ by: 'tomas', state: 'unauthorised' }] });
  });

  test('that is written wrong, or quoted, waives nothing; what is wrong is told', async () => {
    const world = blockedWorld();
    say(world, 'ravi', '> /parasol waive until 2026-04-20');
    say(world, 'ravi', '/parasol waive someday');
    expect(await report(world)).toMatchObject({
      integrity: 'fail',
      waivers: [],
      coverage: {
        state: 'partial',
        missing: 'a waiver of ravi on octo/harbor#4: it names no day: `until 2026-05-04`',
      },
    });
  });

  test('is read only where something is in the way', async () => {
    const world = readinessWorld();
    closeIssue(world, 'kim', { item: harbor(4), reason: 'not_planned' });
    expect((await report(world)).operations).not.toContain('LastComments');
    expect((await report(readinessWorld())).operations).toContain('LastComments');
  });
});

describe('a comment in another repository', () => {
  const DOCKS = 'octo/docks';
  const dock = { repository: DOCKS, number: 1 };

  /** #1 of the docks, where tomas may write, is a child of #4; harbor itself he may only read. */
  function worldOfTwo(): World {
    const world = blockedWorld();
    const docks = addRepository(world, { owner: 'octo', name: 'docks' });
    addCollaborator(world, docks, 'kim', 'write');
    addCollaborator(world, docks, 'tomas', 'write');
    openIssue(world, 'kim', { repository: DOCKS, title: 'Move the dock' });
    addSubIssue(world, 'kim', { parent: harbor(4), child: dock });
    return world;
  }

  test.each([
    ['of a whole criterion', '/parasol waive completion until 2026-04-20: lgtm'],
    ['of an item of the repository that is judged', '/parasol waive octo/harbor#4 until 2026-04-20: lgtm'],
  ])('waives nothing %s, though its author may write there', async (_what, body) => {
    const world = worldOfTwo();
    createComment(world, 'tomas', { item: dock, body });
    const { completion, waivers } = await report(world);
    expect({ completion, waivers }).toEqual({ completion: 'fail', waivers: [{ by: 'tomas', state: 'unauthorised' }] });
  });

  test('waives the item on which it stands', async () => {
    const world = worldOfTwo();
    createComment(world, 'tomas', { item: dock, body: '/parasol waive until 2026-04-20: moved by hand' });
    const { completion, waivers } = await report(world);
    expect({ completion, waivers }).toEqual({ completion: 'waived', waivers: [{ by: 'tomas', state: 'active' }] });
  });
});

describe('the reviewed file', () => {
  const PATH = '.github/parasol-waivers.yml';

  test('waives what it names, and its problems are told', async () => {
    const world = blockedWorld();
    repositoryOf(world).files.set(
      PATH,
      'waivers:\n  - { item: "#4", until: 2026-04-01, by: kim, reason: by hand }\n  - { item: "#4" }\n',
    );
    const { integrity, waivers, coverage } = await report(world);
    expect({ integrity, waivers }).toEqual({ integrity: 'waived', waivers: [{ by: 'kim', state: 'active' }] });
    expect(coverage).toMatchObject({
      state: 'partial',
      missing: expect.stringContaining(`${PATH} of octo/harbor, line 3`),
    });
  });
});

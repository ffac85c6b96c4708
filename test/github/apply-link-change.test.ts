import { beforeEach, describe, expect, it } from 'vitest';
import type { LinkChange } from '../../src/core/change.ts';
import { applyChange } from '../../src/github/apply-change.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { addRepository } from '../../src/sandbox/create-world.ts';
import type { IssueRecord, World } from '../../src/sandbox/world.ts';
import { addPull, connect, HARBOR, harbor, operationsOf, UMBRELLA, umbrellaWorld } from './umbrella-world.ts';

const ref = (number: number, repo = 'harbor', owner = 'octo') => ({ owner, repo, number });
const add = (child: number, parent = 1): LinkChange => ({
  kind: 'add_sub_issue',
  parent: ref(parent),
  child: ref(child),
  replaceParent: false,
});

let world: World;
const issue = (number: number): IssueRecord => {
  const found = world.repositories.get(HARBOR)?.issues.get(number);
  if (found === undefined) throw new Error(`no issue ${number}`);
  return found;
};
const order = () => issue(1).children.map(({ number }) => number);

/** #1 is the umbrella of #2 to #4; #5 stands alone. */
beforeEach(() => {
  world = umbrellaWorld(3);
  openIssue(world, 'kim', { repository: HARBOR, title: 'Alone' });
});

describe('a sub-issue', () => {
  it('is added, taken out and moved; what is so already is not written again', async () => {
    const { sandbox, client } = await connect(world);
    const remove: LinkChange = { kind: 'remove_sub_issue', parent: UMBRELLA, child: ref(5) };
    const move: LinkChange = { kind: 'add_sub_issue', parent: ref(5), child: ref(2), replaceParent: true };
    for (const change of [add(5), remove, move]) {
      expect(await applyChange(client, change)).toMatchObject({ outcome: 'applied' });
      expect(await applyChange(client, change)).toEqual({ outcome: 'already_there', url: null, id: null });
    }
    expect([order(), issue(5).children, issue(5).parent]).toEqual([[3, 4], [harbor(2)], null]);
    expect(sandbox.requests.writes()).toHaveLength(3);
  });

  it('is read once before it is written', async () => {
    const { sandbox, client } = await connect(world);
    await applyChange(client, add(5));
    expect(operationsOf(sandbox)).toEqual(['issues/get', 'issues/add-sub-issue']);
  });

  it.each([
    ['after the last', 2, 4, [3, 4, 2]],
    ['after the first', 4, 2, [2, 4, 3]],
    ['first', 4, null, [4, 2, 3]],
  ] as const)('is put %s', async (_where, child, after, expected) => {
    const { client } = await connect(world);
    const place: LinkChange = {
      kind: 'place_sub_issue',
      parent: UMBRELLA,
      child: ref(child),
      after: after === null ? null : ref(after),
    };
    expect(await applyChange(client, place)).toMatchObject({ outcome: 'applied' });
    expect(await applyChange(client, place)).toMatchObject({ outcome: 'already_there' });
    expect(order()).toEqual(expected);
  });

  it('or a neighbour that is gone is reported as vanished', async () => {
    const { client } = await connect(world);
    const gone = { outcome: 'vanished', url: null, id: null };
    expect(await applyChange(client, add(99))).toEqual(gone);
    const place = { kind: 'place_sub_issue', parent: UMBRELLA, child: ref(2), after: ref(5) } as const;
    expect(await applyChange(client, place)).toEqual(gone);
  });
});

describe('a link that GitHub forbids', () => {
  const refusalOf = async (change: LinkChange) => {
    const { client } = await connect(world);
    return applyChange(client, change).then(
      () => 'applied',
      (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
    );
  };

  it('a second parent', async () => {
    expect(await refusalOf(add(2, 5))).toBe('usage: octo/harbor#2 has another parent already, and GitHub allows one.');
  });

  it('a cycle', async () => {
    expect(await refusalOf(add(1, 2))).toMatch(
      /^usage: GitHub refused the attempt to make octo\/harbor#1 a sub-issue of octo\/harbor#2 \(422\): .*own parent/,
    );
  });

  it('a ninth level', async () => {
    for (let level = 2; level <= 8; level += 1) {
      const next = openIssue(world, 'kim', { repository: HARBOR, title: `Level ${level}` }).number;
      addSubIssue(world, 'kim', { parent: harbor(level === 2 ? 2 : next - 1), child: harbor(next) });
    }
    expect(await refusalOf(add(5, 12))).toContain('Sub-issues cannot be nested deeper than 8 levels');
  });

  it('a 101st child', async () => {
    world = umbrellaWorld(100);
    openIssue(world, 'kim', { repository: HARBOR, title: 'One more' });
    expect(await refusalOf(add(102))).toContain('Parent cannot have more than 100 sub-issues');
  });

  it("another owner's issue", async () => {
    addRepository(world, { owner: 'coast', name: 'pier' });
    openIssue(world, 'kim', { repository: 'coast/pier', title: 'Far away' });
    const change: LinkChange = {
      kind: 'add_sub_issue',
      parent: UMBRELLA,
      child: ref(1, 'pier', 'coast'),
      replaceParent: false,
    };
    expect(await refusalOf(change)).toContain('Sub issue must belong to the same owner');
  });

  it('a pull request, as a child and as a blocker', async () => {
    const { number } = addPull(world, { title: 'Change', branch: 'change' });
    expect(await refusalOf(add(number))).toBe(
      `usage: octo/harbor#${number} is a pull request, which cannot be a sub-issue.`,
    );
    expect(await refusalOf({ kind: 'add_blocker', on: ref(2), blocker: ref(number) })).toBe(
      `usage: octo/harbor#${number} is a pull request, which cannot be a blocker.`,
    );
  });
});

it('a blocker is added and removed once each', async () => {
  const { sandbox, client } = await connect(world);
  for (const kind of ['add_blocker', 'remove_blocker'] as const) {
    const change: LinkChange = { kind, on: ref(2), blocker: ref(3) };
    expect(await applyChange(client, change)).toMatchObject({ outcome: 'applied' });
    expect(issue(2).blockedBy).toEqual(kind === 'add_blocker' ? [harbor(3)] : []);
    expect(await applyChange(client, change)).toMatchObject({ outcome: 'already_there' });
  }
  expect(sandbox.requests.writes()).toHaveLength(2);
});

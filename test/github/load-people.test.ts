import { describe, expect, it } from 'vitest';
import { refKey } from '../../src/core/task/identity.ts';
import { loadPeople } from '../../src/github/load-people.ts';
import { assign } from '../../src/sandbox/actions/assign.ts';
import { createComment } from '../../src/sandbox/actions/comment.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { requireRepository } from '../../src/sandbox/actions/place.ts';
import { addAccount, addCollaborator } from '../../src/sandbox/create-world.ts';
import type { World } from '../../src/sandbox/world.ts';
import { connect, HARBOR, harbor, umbrellaWorld } from './umbrella-world.ts';

const REPOSITORY = { owner: 'octo', repo: 'harbor' };
const at = (number: number) => ({ ...REPOSITORY, number });

function talk(world: World, number: number, logins: readonly string[]): void {
  for (const login of logins) {
    addAccount(world, { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' });
    createComment(world, login, { item: harbor(number), body: 'I see.' });
  }
}

describe('who hears of an issue', () => {
  it('are author, commenters, assignees and mentioned, and the watchers of its repository by number', async () => {
    const world = umbrellaWorld(1);
    addCollaborator(world, requireRepository(world, HARBOR), 'noor', 'write');
    for (const login of ['lena', 'tomas']) addAccount(world, { login });
    const { number } = openIssue(world, 'tomas', { repository: HARBOR, title: 'Quay', body: 'Ask @lena, @octo/db.' });
    assign(world, 'kim', { item: harbor(number), assignees: ['noor'] });
    talk(world, number, ['mira', 'parasol[bot]']);
    const { sandbox, client } = await connect(world);
    const people = await loadPeople(client, { issues: [at(number), at(999)], repositories: [REPOSITORY] });
    expect(people.participants).toEqual(
      new Map([[refKey(at(number)), { logins: ['tomas', 'noor', 'mira', 'lena'], isComplete: true }]]),
    );
    expect(people.watchers).toEqual(new Map([['octo/harbor', requireRepository(world, HARBOR).collaborators.size]]));
    expect(sandbox.requests.entries).toHaveLength(1);
  });

  it('are told as not all where more than a hundred take part', async () => {
    const world = umbrellaWorld(1);
    talk(
      world,
      2,
      Array.from({ length: 101 }, (_, n) => `reader-${n}`),
    );
    const { client } = await connect(world);
    const { participants } = await loadPeople(client, { issues: [at(2)], repositories: [] });
    const found = participants.get(refKey(at(2)));
    expect({ count: found?.logins.length, isComplete: found?.isComplete }).toEqual({ count: 100, isComplete: false });
  });

  it('cost one call of few points for fifty issues', async () => {
    const { sandbox, client } = await connect(umbrellaWorld(99));
    const issues = Array.from({ length: 100 }, (_, n) => at(n + 1));
    const { participants } = await loadPeople(client, { issues, repositories: [REPOSITORY] });
    expect(participants.size).toBe(100);
    expect(sandbox.requests.entries.map(({ points }) => points)).toEqual([1, 1]);
  });
});

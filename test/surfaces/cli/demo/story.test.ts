import { describe, expect, test } from 'vitest';
import { addBlockedBy } from '../../../../src/sandbox/actions/block-issue.ts';
import { closeIssue } from '../../../../src/sandbox/actions/close-issue.ts';
import { mergePullRequest } from '../../../../src/sandbox/actions/merge-pull-request.ts';
import { openPullRequest } from '../../../../src/sandbox/actions/open-pull-request.ts';
import { addRepository, createWorld } from '../../../../src/sandbox/create-world.ts';
import { castStory, inviteExtras } from '../../../../src/surfaces/cli/demo/cast.ts';
import { tellStory } from '../../../../src/surfaces/cli/demo/story.ts';
import { harborWorld, item, REPOSITORY } from '../../../operations/harbor-world.ts';

describe('castStory', () => {
  test('finds an open task, a blocker in the way and people who may write', () => {
    const { world } = harborWorld();
    inviteExtras(world);
    const { umbrella, open, blocker, merged, maintainer, author, reviewer } = castStory(world);
    expect({ umbrella, open: open?.number, blocker, merged, people: [maintainer, author, reviewer] }).toEqual({
      umbrella: item(1),
      open: 3,
      blocker: { key: item(3), title: 'P1.M1.T2: Serve the tides', blocks: [4] },
      merged: null,
      people: ['kim', 'ravi', 'lena'],
    });
  });

  test('finds a merged change to revert, but none that was reverted already', () => {
    const { world } = harborWorld();
    const merge = (title: string, body: string): number => {
      const { number } = openPullRequest(world, 'ravi', { repository: REPOSITORY, title, body, branch: title });
      mergePullRequest(world, 'kim', { item: item(number) });
      return number;
    };
    const number = merge('serve', 'Closes #3');
    expect(castStory(world).merged?.number).toBe(number);
    merge('Revert "serve"', `Reverts #${number}`);
    expect(castStory(world).merged).toBeNull();
  });

  test('says what a world without umbrellas lacks', () => {
    const world = createWorld();
    addRepository(world, { owner: 'octo', name: 'empty' });
    expect(() => castStory(world)).toThrow(expect.objectContaining({ code: 'world_invalid' }));
  });
});

describe('tellStory', () => {
  test('asks for a rollup first where nothing is configured, and leaves out what cannot happen', () => {
    const { world } = harborWorld();
    addBlockedBy(world, 'kim', { blocked: item(3), blocker: item(5) });
    closeIssue(world, 'kim', { item: item(4) });
    const steps = tellStory(world, castStory(world)).map(({ name }) => name);
    expect(steps).toEqual(['ask', 'unblock', 'add']);
  });

  test('does not ask where a configuration is', () => {
    const { world } = harborWorld({ files: { '.github/parasol.yml': 'version: 1\n' } });
    expect(tellStory(world, castStory(world))[0]?.name).toBe('start');
  });

  test('plays from start to end on the world it was told for', () => {
    const { world, repository } = harborWorld();
    inviteExtras(world);
    for (const { act } of tellStory(world, castStory(world))) act();
    const states = [3, 4, 7].map((number) => repository.issues.get(number)?.state);
    expect({
      states,
      pulls: [...repository.pullRequests.values()].map(({ number, state }) => [number, state]),
    }).toEqual({
      states: ['closed', 'open', 'open'],
      pulls: [[6, 'merged']],
    });
  });
});

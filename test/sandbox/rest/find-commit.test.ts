import { describe, expect, test } from 'vitest';
import { addCommit } from '../../../src/sandbox/commit.ts';
import { advanceClock } from '../../../src/sandbox/create-world.ts';
import { findCommit, historyOf, requireCommit } from '../../../src/sandbox/rest/find-commit.ts';
import type { CommitRecord } from '../../../src/sandbox/world.ts';
import { makeSmallWorld } from '../http/small-world.ts';

function makeHistory() {
  const { world, port } = makeSmallWorld();
  const add = (message: string, ...parents: readonly CommitRecord[]) => {
    advanceClock(world, 60);
    return addCommit(
      world,
      port,
      { message, author: 'kim' },
      parents.map(({ sha }) => sha),
    );
  };
  const root = add('root');
  const left = add('left', root);
  const right = add('right', root);
  const merge = add('merge', left, right);
  port.branches.set('main', merge.sha);
  port.branches.set('feature/crane', right.sha);
  return { port, root, left, right, merge };
}

describe('a ref', () => {
  test.each([
    ['a branch', 'main', 'merge'],
    ['a branch with slashes', 'feature/crane', 'right'],
    ['heads and a branch', 'heads/feature/crane', 'right'],
    ['the full name of a branch', 'refs/heads/main', 'merge'],
    ['HEAD', 'HEAD', 'merge'],
  ])('may be %s', (_, ref, message) => {
    expect(findCommit(makeHistory().port, ref)?.message).toBe(message);
  });

  test('may be a sha or its beginning, but not too short a one', () => {
    const { port, left } = makeHistory();
    const found = [left.sha, left.sha.slice(0, 7), left.sha.slice(0, 6)].map((ref) => findCommit(port, ref)?.message);
    expect(found).toEqual(['left', 'left', undefined]);
  });

  test('that names nothing is refused in the words of GitHub', () => {
    const { port } = makeHistory();
    expect(() => requireCommit(port, 'nowhere')).toThrow('No commit found for SHA: nowhere');
  });
});

describe('history', () => {
  test('holds every ancestor once, newest first', () => {
    const { port, merge, left } = makeHistory();
    expect(historyOf(port, merge).map(({ message }) => message)).toEqual(['merge', 'right', 'left', 'root']);
    expect(historyOf(port, left).map(({ message }) => message)).toEqual(['left', 'root']);
  });

  test('of commits made in the same second keeps children before parents', () => {
    const { world, port } = makeSmallWorld();
    const first = addCommit(world, port, { message: 'first', author: 'kim' }, []);
    const second = addCommit(world, port, { message: 'second', author: 'kim' }, [first.sha]);
    expect(historyOf(port, second).map(({ message }) => message)).toEqual(['second', 'first']);
  });
});

import { expect, test } from 'vitest';
import { filesAt } from '../../../src/sandbox/files-at.ts';
import { loadWorldFile } from '../../../src/sandbox/load-world/load-world-file.ts';

const HEAD = `now: 2026-03-10T00:00:00Z
owners: { octo: Octo }
users: { kim: Kim }
repositories:
  octo/home:
    created: -30d
    collaborators: { kim: admin }
    files: { README.md: "# Home\\n" }
    pull_requests:
`;
function load(pulls: string) {
  const home = loadWorldFile({ path: 'w.yml', text: HEAD + pulls, now: null }).repositories.get('octo/home');
  if (home === undefined) throw new Error('no repository');
  const at = (sha: string | null | undefined) => filesAt(home, sha ?? '');
  const pull = (number: number) => {
    const found = home.pullRequests.get(number);
    if (found === undefined) throw new Error(`no #${number}`);
    return {
      before: at(home.commits.get(found.commits[0] ?? '')?.parents[0]),
      head: at(found.headSha),
      merged: at(found.mergeCommitSha),
    };
  };
  return { home, pull };
}
const count = (text: string | undefined) => text?.split('\n').length;

test('what pull requests change, rename or remove before any adds it is there from the start', () => {
  const { pull } =
    load(`      - { title: One, by: kim, opened: -9d, branch: one, files: [a.ts, { path: b.ts, status: removed, deletions: 31 }, { path: c.ts, status: renamed, previous_path: d.ts }] }
      - { title: Two, by: kim, opened: -8d, branch: two, files: [{ path: e.ts, status: added, additions: 4 }, c.ts] }
      - { title: Three, by: kim, opened: -7d, branch: three, files: [{ path: f.ts, patch: "@@ -90,1 +90,1 @@\\n-old\\n+new" }, { path: e.ts }] }
`);
  expect([...pull(1).before.keys()].sort()).toEqual(['README.md', 'a.ts', 'b.ts', 'd.ts', 'f.ts']);
  expect(count(pull(1).before.get('b.ts'))).toBe(32);
  expect([...pull(1).head.keys()].sort()).toEqual(
    ['README.md', 'a.ts', 'c.ts', 'd.ts', 'f.ts'].filter((path) => path !== 'd.ts'),
  );
  expect(pull(3).head.get('f.ts')?.split('\n')[89]).toBe('new');
});

test('a revert brings back what was there before, a revert of it what was there after', () => {
  const { pull } =
    load(`      - { number: 1, title: One, by: kim, opened: -9d, branch: one, files: [{ path: a.ts, additions: 7, deletions: 3 }, { path: b.ts, status: added, additions: 5 }], merged: -8d }
      - { number: 2, reverts: 1, by: kim, opened: -7d, branch: two, files: [{ path: a.ts, additions: 3, deletions: 7 }, { path: b.ts, status: removed, deletions: 5 }], merged: -6d }
      - { number: 3, reverts: 2, by: kim, opened: -5d, branch: three, files: [{ path: a.ts, additions: 7, deletions: 3 }, { path: b.ts, status: added, additions: 5 }], merged: -4d }
`);
  expect(pull(2).merged).toEqual(pull(1).before);
  expect(pull(3).merged).toEqual(pull(1).merged);
  expect(pull(1).merged).not.toEqual(pull(1).before);
});

import { expect, test } from 'vitest';
import { addJobToken, harborOnGit } from './harbor-on-git.ts';
import { runBundle, type Step } from './run-bundle.ts';

const READ = { contents: 'read', issues: 'read', metadata: 'read', pull_requests: 'read' } as const;
const risk = { command: 'risk', clone: 'none', now: '2026-03-03', 'github-token': 'jobs-token' };

async function inHarbor(permissions: Parameters<typeof addJobToken>[1]) {
  const harbor = await harborOnGit();
  addJobToken(harbor.world, permissions);
  const repository = harbor.world.repositories.get('octo/harbor');
  const comments = (number: number) => repository?.pullRequests.get(number)?.comments.map(({ body }) => body) ?? [];
  const head = repository?.pullRequests.get(1)?.headSha ?? '';
  const checks = () =>
    (repository?.commits.get(head)?.checkRuns ?? []).map(({ name, conclusion }) => [name, conclusion]);
  const run = (inputs: Readonly<Record<string, string>>, more: Partial<Step> = {}) =>
    runBundle({ inputs: { ...risk, ...inputs }, server: harbor.server, ...more });
  return { ...harbor, comments, checks, head, run };
}

test('the comment goes to the pull request of the event, and is edited in place', async () => {
  const { run, comments, head, world } = await inHarbor({ ...READ, issues: 'write', pull_requests: 'write' });
  const event = { pull_request: { number: 1, head: { sha: head } } };
  const first = await run({ comment: 'true' }, { event });
  const again = await run({ comment: 'true' }, { event });
  Object.assign(world.repositories.get('octo/harbor')?.pullRequests.get(2) ?? {}, { isDraft: true });
  const later = await run({ comment: 'true' }, { event });
  expect([first, again, later].map(({ outputs }) => outputs['comment-changed'])).toEqual(['true', 'false', 'true']);
  expect(comments(1)).toEqual([expect.stringMatching(/^<!-- parasol:risk-queue v1 -->\n### 6 open pull requests/)]);
});

test('a check run on the head of the event says what the report says', async () => {
  const { run, checks, head, world } = await inHarbor({ ...READ, checks: 'write' });
  const repository = world.repositories.get('octo/harbor');
  const pushed = repository?.branches.get('main') ?? '';
  Object.assign(repository?.pullRequests.get(1) ?? {}, { headSha: pushed });
  const event = { pull_request: { number: 1, head: { sha: pushed } } };
  const { outputs, annotations } = await run({ check: 'true' }, { event });
  expect([outputs['check-reported'], annotations.filter(({ title }) => title === 'Parasol')]).toEqual(['true', []]);
  expect(repository?.commits.get(pushed)?.checkRuns.map(({ name, conclusion }) => [name, conclusion])).toEqual([
    ['parasol/risk', 'neutral'],
  ]);
  expect([head === pushed, checks()]).toEqual([false, []]);
});

test('on a fork, and for Dependabot, whose tokens may only read, summary and outputs remain', async () => {
  const { run, head, sandbox, comments } = await inHarbor(READ);
  const event = { pull_request: { number: 1, head: { sha: head, repo: { fork: true } } } };
  const { code, outputs, summary, annotations } = await run({ comment: 'true', check: 'true' }, { event });
  expect([code, outputs['comment-changed'], outputs['check-reported'], outputs['conflict-count']]).toEqual([
    ...[0, 'false', 'false', '1'],
  ]);
  const told = annotations.filter(({ title }) => title === 'Parasol').map(({ text }) => text);
  expect(told).toEqual([
    expect.stringMatching(/^The comment was not written: .* read-only tokens/),
    expect.stringMatching(/^The check run was not written: .* read-only tokens/),
  ]);
  expect(summary).toMatch(/^> \[!NOTE\]\n> The comment was not written: [^\n]+\n\n> \[!NOTE\]\n> The check run/);
  expect([sandbox.requests.writes().length > 0, comments(1)]).toEqual([true, []]);
});

test("after another workflow's run, the comment goes to the fork's pull request whose head that was about", async () => {
  const { run, head, comments } = await inHarbor({ ...READ, issues: 'write', pull_requests: 'write' });
  const after = (sha: string) => ({
    workflow_run: { head_sha: sha, head_branch: 'change-1', head_repository: { owner: { login: 'noor' } } },
  });
  const moved = await run({ comment: 'true' }, { event: after('b'.repeat(40)) });
  expect([moved.outputs['comment-changed'], moved.annotations[0]?.text]).toEqual([
    'false',
    expect.stringMatching(/^The comment was not written: No issue or pull request is named/),
  ]);
  const { outputs } = await run({ comment: 'true' }, { event: after(head) });
  expect([outputs['comment-changed'], comments(1).length]).toEqual(['true', 1]);
});

test('comment-on names another place, and a check without a commit is told', async () => {
  const { run, comments } = await inHarbor({ ...READ, issues: 'write', pull_requests: 'write' });
  const { outputs, annotations } = await run({ comment: 'true', 'comment-on': '#3', check: 'true' });
  expect([outputs['comment-changed'], comments(3).length]).toEqual(['true', 1]);
  expect(annotations.find(({ title }) => title === 'Parasol')?.text).toMatch(
    /^The check run was not written: The event that started this workflow is about no commit\. Leave `check` out/,
  );
});

import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROLLUP_MARKER } from '../../../src/core/marker.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { addAccount } from '../../../src/sandbox/create-world.ts';
import type { PullRequestRecord } from '../../../src/sandbox/world.ts';
import { commandsOfComment } from '../../../src/surfaces/app/commands-of-comment.ts';
import { HANDLED_EVENTS, subjectsOf } from '../../../src/surfaces/app/route-event.ts';
import { parseWebhookPayload } from '../../../src/surfaces/app/webhook-payload.ts';
import { buildTestWorld, KEY, sendWebhook, startTestApp, type TestApp } from './test-app.ts';

interface Examples {
  readonly name: string;
  readonly examples: readonly Readonly<Record<string, unknown>>[];
}

/** GitHub's example payloads, all of them. Many are older than today's schemas: here they are only things to survive. */
const EVENTS: readonly Examples[] = createRequire(import.meta.url)('@octokit/webhooks-examples');

/** How many comment edits one event of a kind leads to when the rollup is out of date; kinds that are not listed: none. */
const EDITS: Readonly<Record<string, number>> = {
  'check_run.completed': 1,
  'check_run.created': 1,
  'check_run.rerequested': 1,
  'check_suite.completed': 1,
  'check_suite.rerequested': 1,
  'installation.created': 1,
  'installation.new_permissions_accepted': 1,
  'installation.unsuspend': 1,
  'installation_repositories.added': 1,
  'issues.assigned': 1,
  'issues.deleted': 1,
  'issues.demilestoned': 1,
  'issues.edited': 1,
  'issues.labeled': 1,
  'issues.milestoned': 1,
  'issues.opened': 1,
  'issues.reopened': 1,
  'issues.transferred': 1,
  'issues.unassigned': 1,
  'issues.unlabeled': 1,
  'pull_request.closed': 1,
  'pull_request.converted_to_draft': 1,
  'pull_request.edited': 1,
  'pull_request.opened': 1,
  'pull_request.ready_for_review': 1,
  'pull_request.reopened': 1,
  'pull_request.review_request_removed': 1,
  'pull_request.review_requested': 1,
  'pull_request.synchronize': 1,
  'pull_request_review.dismissed': 1,
  'pull_request_review.edited': 1,
  'pull_request_review.submitted': 1,
  'repository.privatized': 1,
  'repository.publicized': 1,
  'repository.renamed': 1,
  'repository.transferred': 1,
  status: 1,
};

const OUT_OF_DATE = `${ROLLUP_MARKER}\nout of date`;

let app: TestApp;
let pull: PullRequestRecord;
const refused: unknown[] = [];
const note = (cause: unknown) => refused.push(cause);

beforeAll(async () => {
  process.on('unhandledRejection', note);
  const built = buildTestWorld({ children: 1 });
  addAccount(built.world, { login: 'Codertocat' });
  pull = openPullRequest(built.world, 'kim', { repository: KEY, title: 'Work', body: 'Closes #2', branch: 'work' });
  app = await startTestApp(built, { coalesce: { quietMs: 0, maxWaitMs: 0 } });
});
afterAll(async () => {
  process.off('unhandledRejection', note);
  await app.close();
});

test('all 329 example payloads are taken, and each leads to the edits that its kind is meant to', async () => {
  const edits: Record<string, number[]> = {};
  const expected: Record<string, number[]> = {};
  const answers = new Set<number>();
  for (const { name, examples } of EVENTS) {
    for (const example of examples) {
      const kind = typeof example.action === 'string' ? `${name}.${example.action}` : name;
      const { status, count } = await editsAfter(name, example);
      answers.add(status);
      edits[kind] = [...(edits[kind] ?? []), count];
      expected[kind] = [...(expected[kind] ?? []), EDITS[kind] ?? 0];
    }
  }
  expect(Object.values(edits).flat()).toHaveLength(329);
  expect(edits).toEqual(expected);
  expect([...answers]).toEqual([202]);
  expect(app.log).toEqual([]);
  expect(refused).toEqual([]);
}, 180_000);

/** Sends an example about the seeded child, its pull request or its commit, while the rollup is out of date. */
async function editsAfter(name: string, example: Readonly<Record<string, unknown>>) {
  const [comment] = app.ownComments();
  if (comment === undefined) throw new Error('the umbrella has no rollup');
  comment.body = OUT_OF_DATE;
  app.sandbox.requests.reset();
  const { status } = await sendWebhook(app.server, name, aboutSeededItems(example));
  await app.server.idle();
  const writes = app.sandbox.requests.writes().map(({ operation }) => operation);
  expect(writes.filter((operation) => operation !== 'issues/update-comment')).toEqual([]);
  expect(comment.body === OUT_OF_DATE ? 0 : 1).toBe(writes.length);
  return { status, count: writes.length };
}

/** The same payload, its items replaced by the umbrella's child and what belongs to it. */
function aboutSeededItems(example: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const api = 'https://api.github.com/repos/octo/harbor';
  const [child = app.umbrella] = app.children;
  const names = { number: child.number, node_id: child.nodeId, id: child.id, repository_url: api };
  const issue = { ...names, parent_issue_url: `${api}/issues/${app.umbrella.number}` };
  const pullRequest = { number: pull.number, node_id: pull.nodeId, id: pull.id, head: { sha: pull.headSha } };
  const head = { head_sha: pull.headSha, pull_requests: [{ url: `${api}/pulls/${pull.number}` }] };
  const repository = { name: 'harbor', full_name: 'octo/harbor', owner: { login: 'octo' } };
  const seeded: Readonly<Record<string, unknown>> = {
    issue,
    pull_request: pullRequest,
    check_run: head,
    check_suite: head,
    repository,
    installation: { id: app.installation.id, account: { login: 'octo', type: 'Organization' } },
    changes: { new_issue: names, new_repository: repository },
  };
  const payload: Record<string, unknown> = { ...example };
  for (const [key, replacement] of Object.entries(seeded)) {
    const original = example[key];
    if (typeof original === 'object' && original !== null) payload[key] = merge(original, replacement);
  }
  if (typeof example.sha === 'string') payload.sha = pull.headSha;
  return { ...payload, installation: seeded.installation };
}

const merge = (original: object, replacement: unknown): object =>
  typeof replacement === 'object' ? { ...original, ...replacement } : original;

test('every payload of a known event, whatever is missing or null in it, is taken and does no harm', async () => {
  const known = EVENTS.filter(({ name }) => HANDLED_EVENTS.includes(name));
  let count = 0;
  for (const { name, examples } of known) {
    const payload = aboutSeededItems(examples[0] ?? {});
    for (const path of pathsOf(payload)) {
      for (const value of [undefined, null, [], 'text', -1]) {
        const cut = parseWebhookPayload(withValue(payload, path, value));
        expect(Array.isArray(subjectsOf(name, cut, OWN)), `${name} ${path.join('.')}`).toBe(true);
        commandsOfComment(name, cut);
        count += 1;
      }
      if (path.length === 1) {
        expect((await sendWebhook(app.server, name, withValue(payload, path, null))).status).toBe(202);
      }
    }
  }
  await app.server.idle();
  expect(count).toBeGreaterThan(1000);
  expect(app.log).toEqual([]);
  expect(refused).toEqual([]);
});

const OWN = { appId: 1, login: 'parasol[bot]' };

/** Every place in a payload, to the depth at which the App still reads. */
function pathsOf(value: unknown, above: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null || above.length >= 3) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...above, key], ...pathsOf(inner, [...above, key])]);
}

function withValue(payload: object, [key = '', ...inner]: readonly string[], value: unknown): object {
  const present: unknown = Object.entries(payload).find(([name]) => name === key)?.[1];
  const changed = inner.length > 0 && typeof present === 'object' && present !== null;
  return { ...payload, [key]: changed ? withValue(present, inner, value) : value };
}

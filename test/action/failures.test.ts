import { readFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { ReadinessReport } from '../../src/core/readiness/report-schema.ts';
import { mergePullRequest } from '../../src/sandbox/actions/merge-pull-request.ts';
import { openPullRequest } from '../../src/sandbox/actions/open-pull-request.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { Permissions } from '../../src/sandbox/world.ts';
import { harborWorld, item } from '../operations/harbor-world.ts';
import { addJobToken } from './harbor-on-git.ts';
import { runBundle } from './run-bundle.ts';

const GRANTED: Permissions = { contents: 'read', issues: 'read', metadata: 'read', pull_requests: 'read' };

async function failing(inputs: Readonly<Record<string, string>>, missing = '') {
  const { world } = harborWorld();
  addJobToken(world, Object.fromEntries(Object.entries(GRANTED).filter(([name]) => name !== missing)));
  const sandbox = await startSandbox({ world });
  onTestFinished(() => sandbox.close());
  return runBundle({ inputs: { 'github-token': 'jobs-token', clone: 'none', ...inputs }, server: sandbox });
}

const ALSO = 'A workflow grants permissions under `permissions:`; a token with others goes into `github-token`.';

test.each<[title: string, inputs: Readonly<Record<string, string>>, missing: string, wrong: string, next: string]>([
  [
    'a wrong input',
    { 'fail-on': 'nogo' },
    '',
    '`fail-on`: "nogo" is none of never, no_go, unknown; did you mean `no_go`?',
    'action.yml says what each input may be.',
  ],
  [
    'a malformed scope',
    { scope: 'lable:x' },
    '',
    'The scope "lable:x" begins with an unknown word.',
    'A scope is one of these: since:v3.0,',
  ],
  [
    'a base that is not there',
    { command: 'risk', base: 'nope' },
    '',
    'octo/harbor has no branch "nope".',
    'Name one that it has: `base: main`.',
  ],
  [
    'today without issues: read',
    { command: 'today' },
    'issues',
    'GitHub does not let this token read the issues of octo/harbor.',
    `It needs the permission issues: read. ${ALSO}`,
  ],
  [
    'a token that is none',
    { 'github-token': 'expired' },
    '',
    'GitHub did not accept the token (401) on the attempt to read the configuration of octo/harbor.',
    'Leave `github-token` out, so that the token of the job is taken, or give it one that is valid and not expired.',
  ],
  [
    'a folder outside',
    { 'report-dir': '../x' },
    '',
    '`report-dir: "../x"` leaves the workspace and the temporary folder of the runner.',
    'Name a folder in the workspace, such as `report-dir: reports`,',
  ],
])('of %s the summary says what was wrong and what to do', async (_, inputs, missing, wrong, next) => {
  const { code, summary, annotations } = await failing(inputs, missing);
  const [error, ...others] = annotations.filter(({ level }) => level === 'error');
  expect([code, others]).toEqual([1, []]);
  expect(error?.text.startsWith(`${wrong} ${next}`)).toBe(true);
  const [title, , first = '', , second = ''] = plain(summary).split('\n');
  expect([title, first, second.startsWith(`**What to do:** ${next}`)]).toEqual([
    '### Parasol made no report',
    wrong,
    true,
  ]);
});

test.each([
  ['branch:release/1', 'contents', 'releases', 'contents: read'],
  ['since:v1.0', 'contents', 'releases', 'contents: read'],
  ['#1', 'issues', 'tasks', 'issues: read'],
])(
  'of the scope %s without %s: read the report is unknown, and every output is set',
  async (scope, missing, source, permission) => {
    const { code, outputs, summary } = await failing({ scope }, missing);
    expect([code, outputs.decision]).toEqual([0, 'unknown']);
    expect(outputs.headline).toMatch(/^Unknown, nobody can tell: /);
    const report = JSON.parse(await readFile(outputs['report-json'] ?? '', 'utf8')) as ReadinessReport;
    expect(report.coverage.find((one) => one.source === source)).toMatchObject({ state: 'denied', permission });
    expect(plain(summary)).toContain(permission);
    expect((await failing({ scope, 'fail-on': 'unknown' }, missing)).code).toBe(1);
  },
);

test('a report without a clone tells which input gives one', async () => {
  const { world } = harborWorld();
  const { number } = openPullRequest(world, 'ravi', {
    ...{ repository: 'octo/harbor', title: 'Raise the quay', branch: 'quay' },
  });
  mergePullRequest(world, 'kim', { item: item(number) });
  addJobToken(world, GRANTED);
  const sandbox = await startSandbox({ world });
  onTestFinished(() => sandbox.close());
  const inputs = { 'github-token': 'jobs-token', clone: 'none', scope: 'since:30d', now: '2026-03-02T09:00:00Z' };
  const { summary } = await runBundle({ inputs, server: sandbox });
  expect([plain(summary).includes('**leave `clone: none` out** (whoever makes this report)'), summary]).toEqual([
    true,
    expect.not.stringMatching(/--repo PATH/),
  ]);
});

/** As it reads once it is rendered. */
const plain = (markdown: string): string =>
  markdown
    .replaceAll('\u200b', '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\\([^a-z\d\s])/gi, '$1');

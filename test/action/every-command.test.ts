import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { COMMANDS } from '../../action/commands.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { addAccount, addRepository, addUserToken, createWorld } from '../../src/sandbox/create-world.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { harborOnGit } from './harbor-on-git.ts';
import { linesLeftOut } from './lines-left-out.ts';
import { findNode24 } from './node24.ts';
import { ACTION, type RunStep, runBundle } from './run-bundle.ts';

const node24 = findNode24();

/** The seven pull requests and, as #8, an umbrella with one child. */
async function harborWithUmbrella() {
  const harbor = await harborOnGit();
  const repository = 'octo/harbor';
  openIssue(harbor.world, 'kim', { repository, title: 'P1.M1: Umbrella', body: '- [ ] #9' });
  openIssue(harbor.world, 'kim', { repository, title: 'P1.M1.T1: Child' });
  addSubIssue(harbor.world, 'kim', { parent: { repository, number: 8 }, child: { repository, number: 9 } });
  return harbor;
}

const inputsOf = (command: string) => ({ command, umbrella: '#8', now: '2026-03-03T00:00:00Z' });

/** Without what differs from run to run: the folder of the report. */
const said = ({ outputs, summary, annotations }: RunStep) => ({
  outputs: Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, value.replace(outputs['report-dir'] ?? '', 'REPORT')]),
  ),
  summary,
  annotations,
});

test.each(Object.keys(COMMANDS))(
  '%s gives outputs, summary, annotations and files, and writes nothing',
  async (command) => {
    const { server, sandbox } = await harborWithUmbrella();
    const run = await runBundle({ inputs: inputsOf(command), server });
    expect([run.code, run.stderr, sandbox.requests.writes()]).toEqual([0, '', []]);
    expect(run.outputs.headline).toMatch(/^\S.*\S$/);
    const markdown = readFileSync(run.outputs['report-markdown'] ?? '', 'utf8').trim();
    expect([markdown === '', linesLeftOut(markdown, run.summary)]).toEqual([false, []]);
    expect(JSON.parse(readFileSync(run.outputs['report-json'] ?? '', 'utf8'))).toEqual(expect.any(Object));
  },
);

test.each(Object.keys(COMMANDS))('%s asks what it begins with only once', async (command) => {
  const { server, sandbox } = await harborWithUmbrella();
  await runBundle({ inputs: { ...inputsOf(command), clone: 'none' }, server });
  const asked = sandbox.requests.entries.map(({ operation }) => operation);
  const first = command === 'rollup' || command === 'drift' ? 'issues/get' : 'Config';
  expect([asked[0], asked.filter((one) => one === first)]).toEqual([first, [first]]);
});

test.for(Object.keys(COMMANDS))('%s does the same under Node 24', async (command, { skip }) => {
  if ('missing' in node24) return skip(node24.missing);
  const { server } = await harborWithUmbrella();
  const here = await runBundle({ inputs: inputsOf(command), server });
  const there = await runBundle({ inputs: inputsOf(command), server, node: node24.path });
  expect(said(there)).toEqual(said(here));
});

test('commands set the outputs of action.yml, each one by some command, and no other', async () => {
  const { server } = await harborWithUmbrella();
  const runs = await Promise.all(
    Object.keys(COMMANDS).map((command) => runBundle({ inputs: inputsOf(command), server })),
  );
  const names = new Set(runs.flatMap(({ outputs }) => Object.keys(outputs)));
  expect([...names].sort()).toEqual(Object.keys(ACTION.outputs).sort());
});

test('an Enterprise Server is asked under /api/v3 and /api/graphql, and git at its own address', async () => {
  const { server, sandbox, git } = await harborWithUmbrella();
  for (const command of Object.keys(COMMANDS)) await runBundle({ inputs: inputsOf(command), server });
  const paths = new Set(sandbox.requests.entries.map(({ path }) => path.split('/').slice(0, 3).join('/')));
  expect([...paths].sort()).toEqual(['/api/graphql', '/api/v3']);
  expect(git.seen.taken).toBeGreaterThan(0);
});

test('a repository that a person owns has no teams and no issue types, and every command reads it', async () => {
  const world = createWorld({ now: '2026-03-02T09:00:00Z' });
  addAccount(world, { login: 'kim', type: 'User' });
  addRepository(world, { owner: 'kim', name: 'boat' });
  addUserToken(world, { token: 'kims-token', login: 'kim' });
  const repository = 'kim/boat';
  for (const title of ['Umbrella', 'Child']) openIssue(world, 'kim', { repository, title });
  addSubIssue(world, 'kim', { parent: { repository, number: 1 }, child: { repository, number: 2 } });
  const sandbox = await startSandbox({ world });
  onTestFinished(() => sandbox.close());
  for (const command of Object.keys(COMMANDS)) {
    const inputs = { ...inputsOf(command), umbrella: '#1', clone: 'none' };
    const { code, log } = await runBundle({ inputs, server: sandbox, repository });
    expect([command, code, log.includes('::error')]).toEqual([command, 0, false]);
  }
});

import { expect, test } from 'vitest';
import { addUserToken } from '../../../src/sandbox/create-world.ts';
import { loadWorldFile } from '../../../src/sandbox/load-world/load-world-file.ts';
import { startSandbox } from '../../../src/sandbox/start-sandbox.ts';
import { ask, person } from '../graphql/ask.ts';
import { send } from '../http/small-world.ts';

const load = (settings: string) =>
  loadWorldFile({
    path: 'w.yml',
    now: null,
    text: `now: 2026-03-10T00:00:00Z
owners: { octo: Octo }
users: { kim: Kim, ravi: Ravi }
repositories:
  octo/home:
    created: -30d
    collaborators: { kim: admin, ravi: write }
    ${settings}
    pull_requests: [{ number: 1, title: First, by: ravi, opened: -9d, branch: first }]
`,
  });

const RULESET_SAYS = 'Repository rule violations found';

test.each([
  ['merge_methods: [squash, rebase]', { merge: 'Merge commits are not allowed on this repository.' }, []],
  [
    'merge_methods: [merge]',
    {
      squash: 'Squash merges are not allowed on this repository.',
      rebase: 'Rebase merges are not allowed on this repository.',
    },
    [],
  ],
  ['branch_rules: { main: { linear_history: true } }', { merge: RULESET_SAYS }, ['required_linear_history']],
  [
    'branch_rules: { main: { merge_methods: [rebase] } }',
    { merge: RULESET_SAYS, squash: RULESET_SAYS },
    ['pull_request'],
  ],
  [
    'branch_rules: { main: { linear_history: true, protection: true } }',
    { merge: 'Merge commits are not allowed on this repository.' },
    [],
  ],
  ['branch_rules: { other: { linear_history: true } }', {}, []],
])('with %s pull requests are merged in no other way', async (settings, refused, listed) => {
  const sandbox = await startSandbox({ world: load(settings) });
  addUserToken(sandbox.world, { token: 'ravis', login: 'ravi' });
  const rules = await send(sandbox, '/repos/octo/home/rules/branches/main', { token: 'ravis' });
  expect((rules.body as { type: string }[]).map(({ type }) => type)).toEqual(listed);
  for (const [merge_method, why] of Object.entries(refused)) {
    const answer = await send(sandbox, '/repos/octo/home/pulls/1/merge', {
      ...{ token: 'ravis', method: 'PUT', body: JSON.stringify({ merge_method }) },
    });
    expect(answer).toMatchObject({ status: 405, body: { message: expect.stringMatching(`^${why}`) } });
  }
  const left = ['merge', 'squash', 'rebase'].find((one) => !Object.hasOwn(refused, one));
  const merged = await send(sandbox, '/repos/octo/home/pulls/1/merge', {
    ...{ token: 'ravis', method: 'PUT', body: JSON.stringify({ merge_method: left }) },
  });
  expect(merged).toMatchObject({ status: 200, body: { merged: true } });
  await sandbox.close();
});

test('classic protection is told to whom it binds', () => {
  const world = load(
    'branch_rules: { main: { linear_history: true, protection: true }, free: { linear_history: true } }',
  );
  const query = `{ repository(owner: "octo", name: "home") { defaultBranchRef { refUpdateRule { pattern requiresLinearHistory } } } }`;
  const ruleFor = (login: string) => ask(world, person(login), query).data;
  const told = (refUpdateRule: unknown) => ({ repository: { defaultBranchRef: { refUpdateRule } } });
  expect(ruleFor('ravi')).toEqual(told({ pattern: 'main', requiresLinearHistory: true }));
  expect(ruleFor('kim')).toEqual(told(null));
  const strict = load(
    'branch_rules: { main: { linear_history: true, protection: true, include_administrators: true } }',
  );
  expect(ask(strict, person('kim'), query).data).toEqual(told({ pattern: 'main', requiresLinearHistory: true }));
});

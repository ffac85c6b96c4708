import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import type { Permissions } from '../../src/sandbox/world.ts';
import { addJobToken, harborOnGit } from './harbor-on-git.ts';
import { ACTION, ROOT, runBundle, type Step } from './run-bundle.ts';

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

const scalar = z.union([z.string(), z.boolean(), z.number()]);
const stepSchema = z.union([
  z.object({ uses: z.string(), id: z.string().optional(), with: z.record(z.string(), scalar).default({}) }),
  z.object({ run: z.string() }),
]);
const workflowSchema = z.object({
  name: z.string().optional(),
  on: z.union([z.string(), z.record(z.string(), z.unknown())]),
  permissions: z.record(z.string(), z.enum(['read', 'write'])),
  jobs: z.record(z.string(), z.object({ 'runs-on': z.string(), steps: z.array(stepSchema) })),
});
type Workflow = z.output<typeof workflowSchema>;

const WORKFLOWS = [...README.matchAll(/```yaml\n([\s\S]*?)```/g)]
  .map(([, text = '']) => ({ text, parsed: workflowSchema.safeParse(parse(text)) }))
  .flatMap(({ text, parsed }) => (parsed.success ? [{ text, workflow: parsed.data }] : []));

/** The inputs of a step of ours, as the runner hands them over. */
const ourSteps = ({ jobs }: Workflow): readonly Readonly<Record<string, string>>[] =>
  Object.values(jobs).flatMap(({ steps }) =>
    steps.flatMap((step) =>
      'uses' in step && step.uses === 'OWNER/parasol@v1'
        ? [Object.fromEntries(Object.entries(step.with).map(([name, value]) => [name, String(value)]))]
        : [],
    ),
  );

const eventsOf = ({ on }: Workflow): readonly string[] => (typeof on === 'string' ? [on] : Object.keys(on));

/** What GitHub sends with the event; the pull request #1 comes from a fork. */
function payloadOf(event: string, headSha: string): NonNullable<Step['event']> {
  if (event === 'issues') return { action: 'edited', issue: { number: 12 } };
  if (event !== 'workflow_run') return {};
  return {
    workflow_run: {
      ...{ head_sha: headSha, head_branch: 'change-1', pull_requests: [] },
      head_repository: { owner: { login: 'noor' } },
    },
  };
}

/** #1 to #7 are pull requests, #12 is an umbrella with one child; the job's token has what `permissions:` grants. */
async function prepare({ permissions }: Workflow) {
  const harbor = await harborOnGit();
  const repository = 'octo/harbor';
  for (let number = 8; number <= 13; number += 1)
    openIssue(harbor.world, 'kim', { repository, title: `P1.M1.T${number}: Task` });
  addSubIssue(harbor.world, 'kim', { parent: { repository, number: 12 }, child: { repository, number: 13 } });
  const granted = Object.entries(permissions).map(([name, level]) => [name.replaceAll('-', '_'), level]);
  const all: Permissions = { metadata: 'read', ...Object.fromEntries(granted) };
  addJobToken(harbor.world, all);
  return harbor;
}

const runs = WORKFLOWS.flatMap(({ text, workflow }) =>
  ourSteps(workflow).flatMap((inputs) =>
    eventsOf(workflow).map(
      (event) => [`${inputs.command ?? 'no input'} on ${event}`, { text, workflow, inputs, event }] as const,
    ),
  ),
);

describe('a workflow of the README', () => {
  test.each(runs)('%s', async (_, { workflow, inputs, event }) => {
    const { server, world, sandbox } = await prepare(workflow);
    const headSha = world.repositories.get('octo/harbor')?.pullRequests.get(1)?.headSha ?? '';
    const run = await runBundle({
      inputs: { 'github-token': 'jobs-token', ...inputs },
      server,
      event: payloadOf(event, headSha),
    });
    const told = run.annotations.filter(({ title, level }) => title === 'Parasol' || level === 'error');
    expect([run.code, run.stderr, told]).toEqual([0, '', []]);
    expect(run.summary.length).toBeGreaterThan(100);
    expect(run.outputs['comment-changed']).toBe(String(inputs.comment ?? false));
    expect(sandbox.requests.writes().length).toBe(inputs.comment === 'true' ? 1 : 0);
  });
});

test('the README shows each command in its table, and uses only inputs and outputs that the Action has', () => {
  const table = [...README.matchAll(/^\| `([a-z]+)` \| /gm)].map(([, name]) => name);
  const named = [...(ACTION.inputs.command?.description ?? '').matchAll(/`([a-z]+)`/g)].map(([, name]) => name);
  expect(table.filter((name) => named.includes(name ?? '')).sort()).toEqual([...named].sort());
  const inputs = WORKFLOWS.flatMap(({ workflow }) => ourSteps(workflow).flatMap((step) => Object.keys(step)));
  expect(inputs.filter((name) => !(name in ACTION.inputs))).toEqual([]);
  const outputs = [...README.matchAll(/steps\.parasol\.outputs\.([\w-]+)/g)].map(([, name = '']) => name);
  expect(outputs.length).toBeGreaterThan(0);
  expect(outputs.filter((name) => !(name in ACTION.outputs))).toEqual([]);
});

test('the second of two workflows starts after the first by its name', () => {
  const names = WORKFLOWS.flatMap(({ workflow }) => workflow.name ?? []);
  const awaited = WORKFLOWS.flatMap(({ workflow: { on } }) => {
    const run = typeof on === 'string' ? undefined : on.workflow_run;
    return run === undefined ? [] : z.object({ workflows: z.array(z.string()) }).parse(run).workflows;
  });
  expect(awaited).toEqual(names);
});

test('the first example has eight lines', () => {
  expect(WORKFLOWS[0]?.text.trim().split('\n')).toHaveLength(8);
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { COMMANDS } from '../../action/commands.ts';
import { INPUTS } from '../../action/read-inputs.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { harborWorld } from '../operations/harbor-world.ts';
import { ACTION, runBundle } from './run-bundle.ts';

/** What the runner puts in its place is the job's own token. */
const JOB_TOKEN = ['$', '{{ github.token }}'].join('');

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({ world: harborWorld().world });
});

afterEach(() => sandbox.close());

const refused = async (inputs: Readonly<Record<string, string>>) => {
  const { code, annotations } = await runBundle({ inputs, server: sandbox });
  return [code, ...annotations.map(({ level, text }) => `${level}: ${text}`)];
};

test('every wrong input is named at once, with what it may be', async () => {
  expect(await refused({ command: 'rolup', comment: 'yes', 'fail-on': 'nogo', now: 'noon' })).toEqual([
    1,
    `error: \`command\`: "rolup" is none of ${Object.keys(COMMANDS).join(', ')}; did you mean \`rollup\`? ` +
      '`comment`: "yes" is neither true nor false. ' +
      '`fail-on`: "nogo" is none of never, no_go, unknown; did you mean `no_go`? ' +
      '`now`: "noon" is no time such as 2026-05-04T09:30:00Z. action.yml says what each input may be.',
  ]);
  expect(sandbox.requests.entries).toEqual([]);
});

test('fail-on is refused where the command decides nothing', async () => {
  expect(await refused({ command: 'backfill', 'fail-on': 'unknown' })).toEqual([
    1,
    'error: `fail-on: unknown` means nothing to `command: backfill`, which comes to no decision. Leave `fail-on` out.',
  ]);
});

test.each([
  ['never', 0],
  ['no_go', 1],
  ['unknown', 1],
])('fail-on: %s ends a no-go with %i', async (failOn, code) => {
  const run = await runBundle({
    inputs: { command: 'rollup', umbrella: '#1', 'fail-on': failOn },
    server: sandbox,
  });
  expect([run.code, run.outputs.decision]).toEqual([code, 'no_go']);
  const errors = run.annotations.filter(({ level }) => level === 'error');
  expect(errors.map(({ text }) => text)).toEqual(code === 1 ? ['#1: no go, 1 of 3 complete, 3 in the way'] : []);
});

test('action.yml has the inputs of the code, with the same defaults', () => {
  const given = Object.entries(ACTION.inputs).map(([name, { default: value }]) => [name, value ?? null]);
  const known = Object.entries(INPUTS).map(([name, schema]) => {
    const value = schema.parse(undefined);
    return [name, value === null ? null : String(value)];
  });
  const withToken = known.map(([name, value]) => [name, name === 'github-token' ? JOB_TOKEN : value]);
  expect(given).toEqual(withToken);
});

test('action.yml tells of every command in the description of its input', () => {
  const { description = '' } = ACTION.inputs.command ?? {};
  const named = [...description.matchAll(/`([a-z]+)`/g)].map(([, name]) => name);
  expect(named).toEqual(Object.keys(COMMANDS));
});

test('every input and output has a description, and node24 runs what is committed', () => {
  const texts = [...Object.values(ACTION.inputs), ...Object.values(ACTION.outputs)].map(
    ({ description }) => description,
  );
  expect(texts.filter((text) => !text)).toEqual([]);
  expect(ACTION.runs).toEqual({ using: 'node24', main: 'action/dist/index.js' });
});

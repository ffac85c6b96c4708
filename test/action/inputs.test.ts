import { afterEach, beforeEach, expect, test } from 'vitest';
import { COMMANDS } from '../../action/commands.ts';
import { READ_BY } from '../../action/idle-inputs.ts';
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

test.each([
  [
    { umbrella: '#1' },
    ["`umbrella: #1` says nothing to `command: readiness`. To judge that umbrella set `scope: 'umbrella:#1'`."],
  ],
  [{ umbrella: '#1', scope: '#1', comment: 'true' }, []],
  [
    { command: 'today', umbrella: '#1', comment: 'true', base: 'main' },
    ['`base: main` says nothing to `command: today`.'],
  ],
  [
    { command: 'drift', umbrella: '#1', scope: 'label:x', 'previous-report': 'a.json' },
    [
      '`scope: label:x` says nothing to `command: drift`.',
      '`previous-report: a.json` says nothing to `command: drift`.',
    ],
  ],
  [
    { command: 'rollup', umbrella: '#1', comment: 'true', 'comment-on': '#3' },
    ['`comment-on: #3` says nothing to `command: rollup`: its comment stands on the umbrella.'],
  ],
])('inputs that change nothing are told, and those that do are not: %j', async (inputs, told) => {
  const { code, annotations, summary } = await runBundle({ inputs: { clone: 'none', ...inputs }, server: sandbox });
  const notes = annotations.filter(({ title, level }) => title === 'Parasol' && level === 'warning');
  expect([code, notes.map(({ text }) => text)]).toEqual([0, told]);
  expect(summary.match(/^> \[!NOTE\]$/gm)?.length ?? 0).toBe(told.length);
});

test('action.yml says which commands read an input that not all read', () => {
  const named = Object.entries(ACTION.inputs).flatMap(([name, { description }]) => {
    const [, list = ''] = /^For ([^,]+),/.exec(description) ?? [];
    return list === '' || name === 'fail-on' ? [] : [[name, [...list.matchAll(/`([a-z]+)`/g)].map(([, one]) => one)]];
  });
  expect(Object.fromEntries(named)).toEqual(READ_BY);
});

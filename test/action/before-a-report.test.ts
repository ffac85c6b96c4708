import { expect, onTestFinished, test } from 'vitest';
import { logLine } from '../../action/log-line.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { harborWorld } from '../operations/harbor-world.ts';
import { runBundle } from './run-bundle.ts';

async function run(inputs: Readonly<Record<string, string>>, more: Readonly<Record<string, unknown>> = {}) {
  const sandbox = await startSandbox({ world: harborWorld().world });
  onTestFinished(() => sandbox.close());
  return runBundle({ inputs: { clone: 'none', ...inputs }, server: sandbox, ...more });
}

test.each([
  [{ command: 'rolup' }, /^`command`: "rolup" is none of /],
  [{ command: 'rollup', umbrella: '#999' }, /octo\/harbor#999/],
  [{ 'github-token': 'expired' }, /^GitHub did not accept the token \(401\)/],
])('where no report can be made, the outputs say so and are no go: %j', async (inputs, headline) => {
  const { code, outputs } = await run(inputs);
  expect([code, outputs]).toEqual([
    1,
    {
      decision: 'unknown',
      headline: expect.stringMatching(headline),
      'blocking-count': '0',
      'report-dir': '',
      'report-json': '',
      'report-markdown': '',
      'report-html': '',
      'comment-changed': 'false',
      'check-reported': 'false',
    },
  ]);
});

test.each([['kims\ntoken'], ['kims token'], ['kimś-token']])(
  'a token with what none has, such as %j, is told without being shown',
  async (token) => {
    const { code, stderr, log, annotations, summary } = await run({ 'github-token': token });
    expect([code, stderr, annotations.map(({ text }) => text)]).toEqual([
      1,
      '',
      [
        '`github-token`: holds a space, a line break or another character that no token has. action.yml says what each input may be.',
      ],
    ]);
    expect(`${log}${summary}`).not.toMatch(/kim/);
  },
);

test.each(['label:x\n::error::pwned', 'label:##[error]pwned'])(
  'of the words %j the runner takes none for a command, and the headline is one line',
  async (scope) => {
    const { log, outputs, annotations } = await run({ scope });
    expect([annotations, log.match(/^\s*::error|##\[/m)]).toEqual([[], null]);
    expect(outputs.headline).toMatch(/^Unknown: no task carries the label .*pwned$/);
  },
);

test.each([
  ['::set-output name=decision::go', ': :set-output name=decision::go'],
  ['  ::error::x', ': :error::x'],
  ['a ##[add-mask]b ##[group]c', 'a ## [add-mask]b ## [group]c'],
  ['No-go: Completion (2)', 'No-go: Completion (2)'],
  ['#1: ##', '#1: ##'],
])('%j is %j in the log', (text, line) => {
  expect(logLine(text)).toBe(line);
});

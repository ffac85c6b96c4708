import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseConfig } from '../../src/core/config.ts';
import { FAILURES } from '../../src/core/failure.ts';
import { TASK_STATES } from '../../src/core/task/state.ts';
import { COMMANDS } from '../../src/operations/answer-command.ts';
import { buildProgram } from '../../src/surfaces/cli/build-program.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const PACKAGE = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

const silent = { write: () => true };
const program = buildProgram({ stdout: silent, stderr: silent, env: {}, cwd: ROOT }, () => {});

const blocks = (language: string): readonly string[] =>
  [...README.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text = '']) => text);

/** `umbrella list`, `mcp` …: the leaves of the command tree. */
function leaves(command: typeof program, path: readonly string[] = []): readonly string[] {
  if (command.commands.length === 0) return [path.join(' ')];
  return command.commands.flatMap((child) => leaves(child, [...path, child.name()]));
}

test('the README shows every command of the command line, and no other', () => {
  const shown = [...README.matchAll(/npx parasol ((?:[a-z]+ ?)+)/g)].map(([, words = '']) => words.trim());
  const named = shown.map((words) => leaves(program).find((leaf) => words === leaf || words.startsWith(`${leaf} `)));
  expect([...new Set(named)].sort()).toEqual([...leaves(program)].filter((leaf) => leaf !== 'demo').sort());
});

test('the npm scripts that README and CONTRIBUTING name exist', () => {
  const text = README + readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
  const scripts = [...text.matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name);
  expect(scripts.filter((name) => !(name in PACKAGE.scripts))).toEqual([]);
});

test('the configuration in the README is valid', () => {
  const config = blocks('yaml').find((text) => text.startsWith('version: 1')) ?? '';
  expect(parseConfig({ text: config, ownerText: null }).problems).toEqual([]);
});

test('the README lists the task states in the order in which they are tried', () => {
  const rows = [...README.matchAll(/^\| (\w+(?: \w+)?) \| /gm)].map(([, state = '']) => state.replace(' ', '_'));
  expect(rows.filter((state) => TASK_STATES.some((known) => known === state))).toEqual([...TASK_STATES]);
});

test('the README names every exit code that a failure can have', () => {
  const line = README.match(/^Exit codes: (.*)$/m)?.[1] ?? '';
  const named = [...line.matchAll(/\b(\d)\b/g)].map(([code]) => Number(code));
  expect(named).toEqual([0, ...new Set(Object.values(FAILURES).map(({ exitCode }) => exitCode))].sort());
});

test('the README lists the commands that comments can give', () => {
  const shown = [...README.matchAll(/^\| `\/parasol (\w+)/gm)].map(([, name]) => name);
  expect(shown.sort()).toEqual(COMMANDS.map(({ name }) => name).sort());
});

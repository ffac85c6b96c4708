import { describe, expect, test } from 'vitest';
import { packageVersion } from '../../../src/surfaces/cli/package-root.ts';
import { captureRun } from './captured-run.ts';

describe('the command line', () => {
  test('lists its commands with their summaries', async () => {
    const { exitCode, stdout } = await captureRun(['--help']);
    expect(exitCode).toBe(0);
    for (const command of ['umbrella', 'doctor', 'init', 'demo', 'mcp']) {
      expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
    }
    expect(stdout).toContain('Exit codes: 0 fine');
  });

  test('prints the version of the package', async () => {
    expect(await captureRun(['--version'])).toEqual({ exitCode: 0, stdout: `${packageVersion()}\n`, stderr: '' });
  });

  test('shows the arguments and options of an operation, made from its input schema', async () => {
    const { stdout } = await captureRun(['umbrella', 'list', '--help']);
    expect(stdout).toContain('--all');
    expect(stdout).toContain('also umbrellas without children');
    expect(stdout).toContain('--world <file>');
    expect(stdout).not.toContain('--write');
    expect((await captureRun(['umbrella', 'rollup', '--help'])).stdout).toMatch(/<ref>[\s\S]*--write/);
  });

  test.each([
    [['umbrela'], "unknown command 'umbrela'\n(Did you mean umbrella?)"],
    [['umbrella', 'lst'], "unknown command 'lst'\n(Did you mean list?)"],
    [['umbrella', 'show'], "missing required argument 'ref'"],
    [['umbrella', 'show', '1', '2'], 'too many arguments'],
    [['doctor', '--wrold', 'x'], "unknown option '--wrold'\n(Did you mean --world?)"],
  ])('answers %j with what was meant and exit code 3', async (argv, message) => {
    const { exitCode, stdout, stderr } = await captureRun(argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('asks for the repository when nothing names it', async () => {
    const { exitCode, stderr } = await captureRun(['umbrella', 'list']);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/No repository was given[\s\S]*--repo owner\/repo/);
  });

  test.each([
    [['umbrella', 'list', '--repo', 'harbor'], '"harbor" is not a repository'],
    [['umbrella', 'list', '--repo', 'octo/harbor', '--now', 'tomorrow'], '--now tomorrow is not a time'],
  ])('refuses %j before anything is asked of GitHub', async (argv, message) => {
    const { exitCode, stderr } = await captureRun(argv);
    expect(exitCode).toBe(3);
    expect(stderr).toContain(message);
  });
});

import { run } from '../../../src/surfaces/cli/run.ts';

export interface CapturedRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the whole command line inside this process, as at no terminal. */
export async function captureRun(
  argv: readonly string[],
  { env = {}, cwd = '/' }: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Promise<CapturedRun> {
  let stdout = '';
  let stderr = '';
  const exitCode = await run(argv, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env,
    cwd,
  });
  return { exitCode, stdout, stderr };
}

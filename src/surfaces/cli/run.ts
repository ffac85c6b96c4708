import { CommanderError } from 'commander';
import { FAILURES } from '../../core/failure.ts';
import { buildProgram } from './build-program.ts';
import type { CliIo } from './cli-io.ts';
import { renderFailure } from './render-failure.ts';
import { viewOf } from './view.ts';

/**
 * The whole command line: parses the arguments, runs the command, prints, and returns the exit code (0 fine, 3 usage or
 * configuration, 4 GitHub or network; see `core/failure.ts`). Nothing is thrown.
 */
export async function run(argv: readonly string[], io: CliIo): Promise<number> {
  let exitCode = 0;
  const program = buildProgram(io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : FAILURES.usage.exitCode;
    const { colors } = viewOf({ ...io, stdout: io.stderr }, { color: !argv.includes('--no-color') });
    const shown = renderFailure(error, { colors, isDebug: Boolean(io.env.PARASOL_DEBUG) });
    io.stderr.write(shown.text);
    return shown.exitCode;
  }
}

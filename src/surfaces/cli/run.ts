import { CommanderError } from 'commander';
import { FAILURES, UserError } from '../../core/failure.ts';
import { buildProgram } from './build-program.ts';
import type { CliIo } from './cli-io.ts';
import { renderFailure, renderJsonFailure } from './render-failure.ts';
import { viewOf } from './view.ts';

/**
 * The whole command line: parses the arguments, runs the command, prints, and returns the exit code (0 fine, 3 usage or
 * configuration, 4 GitHub or network; see `core/failure.ts`). Nothing is thrown. With `--json` a failure is one JSON
 * object on stderr, and stdout holds nothing but JSON.
 */
export async function run(argv: readonly string[], io: CliIo): Promise<number> {
  let exitCode = 0;
  const isJson = argv.includes('--json');
  const setExitCode = (code: number): void => {
    exitCode = code;
  };
  const program = buildProgram(io, setExitCode, { isQuiet: isJson });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && (error.exitCode === 0 || !isJson)) {
      return error.exitCode === 0 ? 0 : FAILURES.usage.exitCode;
    }
    if (isJson) return sayJson(error instanceof CommanderError ? usageOf(error) : error, io);
    const { colors } = viewOf({ ...io, stdout: io.stderr }, { color: !argv.includes('--no-color') });
    const shown = renderFailure(error, { colors, isDebug: Boolean(io.env.PARASOL_DEBUG) });
    io.stderr.write(shown.text);
    return shown.exitCode;
  }
}

function sayJson(error: unknown, { stderr, env }: CliIo): number {
  const shown = renderJsonFailure(error, { isDebug: Boolean(env.PARASOL_DEBUG) });
  stderr.write(shown.text);
  return shown.exitCode;
}

const usageOf = ({ message }: CommanderError): UserError =>
  new UserError('usage', message.replace(/^error: /, '').replace(/\n/g, ' '), 'parasol --help lists the commands.');

import { join, resolve } from 'node:path';
import { UserError } from '../../../core/failure.ts';
import { loadWorld } from '../../../sandbox/load-world.ts';
import type { CliIo, GlobalOptions } from '../cli-io.ts';
import { packageRoot } from '../package-root.ts';
import { viewOf } from '../view.ts';
import { playOnce } from './play-once.ts';
import { startStage } from './start-stage.ts';
import { stayUp } from './stay-up.ts';
import { tellAsJson, tellAsText } from './story-tellers.ts';

interface DemoOptions extends GlobalOptions {
  readonly once?: boolean;
  readonly port?: string;
}

/** Runs the demo: with `--once` to its end, otherwise until Ctrl-C. Returns the exit code. */
export async function runDemo(options: DemoOptions, io: CliIo): Promise<number> {
  const file =
    options.world === undefined
      ? join(packageRoot(), 'fixtures', 'worlds', 'harbor.yml')
      : resolve(io.cwd, options.world);
  const port = portOf(options.port);
  if (options.json === true && options.once !== true) {
    throw new UserError('usage', 'The live page has no JSON.', 'Use demo --once --json, or leave --json out.');
  }
  const world = await loadWorld(file);
  if (options.once !== true) {
    await stayUp({ world, file, port }, io);
    return 0;
  }
  const stage = await startStage({ world, port });
  try {
    await playOnce(stage, options.json === true ? tellAsJson(io.stdout) : tellAsText(io.stdout, viewOf(io, options)));
  } finally {
    await stage.close();
  }
  return 0;
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? 0);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UserError('usage', `--port ${text} is not a port.`, 'Give a number from 1 to 65535, or leave it out.');
}

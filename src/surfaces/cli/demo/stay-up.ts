import { once } from 'node:events';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '../../../sandbox/world.ts';
import { liveRoutes } from '../../dashboard/live-routes.tsx';
import type { CliIo } from '../cli-io.ts';
import { createLiveSession, type LiveSession } from './live-session.ts';
import { type Stage, startStage } from './start-stage.ts';

interface LiveDemo {
  readonly world: World;
  readonly file: string;
  readonly port: number;
  /** Between two steps that play by themselves. */
  readonly pauseMs?: number;
}

const PAUSE_MS = 5000;

/** Serves the live page and plays the story slowly, once, until Ctrl-C or the io's signal. */
export async function stayUp({ world, file, port, pauseMs = PAUSE_MS }: LiveDemo, io: CliIo): Promise<void> {
  const session = createLiveSession(world, { name: basename(file), settle: () => stage.settle() });
  const stage: Stage = await startStage({
    world,
    port,
    routes: (githubUrl) => liveRoutes(session, githubUrl),
    onRefresh: session.noteRefresh,
    onDelivery: (text) => session.note('in', text),
  });
  const { stopping, forget } = stopSignal(io);
  try {
    io.stdout.write(`Parasol is up: ${stage.url}\nThe story plays by itself; the page has buttons. Ctrl-C stops.\n`);
    await stage.settle();
    await playSlowly(session, { pauseMs, stopping });
    if (!stopping.aborted) await once(stopping, 'abort');
  } finally {
    forget();
    session.stop();
    await stage.close();
    io.stdout.write('Stopped.\n');
  }
}

async function playSlowly(
  session: LiveSession,
  { pauseMs, stopping }: { readonly pauseMs: number; readonly stopping: AbortSignal },
): Promise<void> {
  while (!session.isOver() && !stopping.aborted) {
    await sleep(pauseMs, undefined, { signal: stopping }).catch(() => {});
    if (!stopping.aborted) await session.playNext();
  }
}

/**
 * Aborted by Ctrl-C, by a request to end, or by whoever runs the command inside their process. Only the first signal is
 * caught: a second one ends the process at once.
 */
function stopSignal({ signal }: CliIo): { readonly stopping: AbortSignal; readonly forget: () => void } {
  const controller = new AbortController();
  const forget = (): void => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    signal?.removeEventListener('abort', stop);
  };
  const stop = (): void => {
    forget();
    controller.abort();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  if (signal?.aborted) stop();
  else signal?.addEventListener('abort', stop, { once: true });
  return { stopping: controller.signal, forget };
}

import { removeOwnFolders } from './make-own-folder.ts';
import { killGit } from './run-git.ts';

/** ^C, `kill`, and a terminal that is closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Until what it returns is called, these signals first end every git that runs and remove our temporary folders; then they
 * end the process as they would have, so that whoever started it sees the same. All at once, because whatever waits goes
 * on meanwhile and would start the next git. For processes that nothing else keeps from ending: a server finishes its work.
 */
export function cleanUpOnSignals(): () => void {
  const end = (signal: NodeJS.Signals): void => {
    stop();
    killGit();
    removeOwnFolders();
    process.kill(process.pid, signal);
  };
  const stop = (): void => {
    for (const signal of SIGNALS) process.off(signal, end);
  };
  for (const signal of SIGNALS) process.on(signal, end);
  return stop;
}

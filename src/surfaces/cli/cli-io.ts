import type { WaitClock } from '../../operations/wait-clock.ts';

/** What a command may touch of its process, so that tests run the whole command line inside theirs. */
export interface CliIo {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** A clock for whatever waits on GitHub's limits; a test's may run faster than the machine's. */
  readonly clock?: WaitClock;
  /** Stops what stays up (`demo`, `mcp`); at a terminal Ctrl-C does. */
  readonly signal?: AbortSignal;
}

export interface Output {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The options that every command takes. */
export interface GlobalOptions {
  readonly world?: string;
  readonly repo?: string;
  readonly json?: boolean;
  readonly now?: string;
  readonly color: boolean;
}

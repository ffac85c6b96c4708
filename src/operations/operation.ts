import type { z } from 'zod';
import type { Reading } from '../core/reading.ts';
import type { Instant } from '../core/task/facts.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from '../github/client.ts';
import type { Store } from '../store/store.ts';
import type { WaitClock } from './wait-clock.ts';

/** What an operation may use of the world outside. Surfaces build it; operations never reach further. */
export interface OperationContext {
  readonly github: GitHubClient;
  /** The clock, so that the same facts give the same bytes. */
  readonly now: () => Instant;
  /**
   * `now` is what the caller said (`--now`, a world, a test), so leases are measured by it as well. Absent: leases are
   * measured by the clock of the store, because two machines that share it may differ.
   */
  readonly isTimeGiven?: boolean;
  /** The repository that `#12` and `P3.M1.T8` mean. */
  readonly defaultRepository: RepositoryRef | null;
  readonly onProgress?: (progress: OperationProgress) => void;
  /** Opened when first asked for, so that whatever keeps nothing needs none; absent where there is none (the Action). */
  readonly store?: () => Promise<Store>;
  /** Whether `store` would hand out what is open already: then reads look into it too. Absent: they never do. */
  readonly isStoreOpen?: () => boolean;
  /**
   * Whether there is a store already that `store` would open, so that a read that must know of claims opens it and makes
   * none. Absent: only what is open counts.
   */
  readonly hasStore?: () => boolean;
  /** The store begins empty and ends with the command, as that of a world does: until it is open, nothing is claimed. */
  readonly isStoreFresh?: boolean;
  /** What bulk writes are paced by; default: the machine's clock. */
  readonly clock?: WaitClock;
  /** What of this machine the caller may use. Absent where callers are others than who runs the process: then nothing. */
  readonly machine?: Machine;
  /** Aborted when the process is about to end, or nobody waits any more: several writes stop before the next of them. */
  readonly stop?: AbortSignal;
}

/** This machine, for somebody who runs a command on it: any clone may be read that the process can read. */
export interface Machine {
  /** Where what can be computed again is kept between commands. */
  readonly cacheFolder: string;
  /**
   * Fetches a clone of a repository with the history of these branches and the heads of these pull requests, where none is at
   * hand; absent where that is not possible. It is gone when the process ends.
   */
  readonly fetchClone?: (
    repository: RepositoryRef,
    branches: readonly string[],
    pulls?: readonly number[],
  ) => Promise<Reading<string>>;
  /** What gives one where none is at hand, in the words of the place; default: an option of the command line. */
  readonly cloneHelp?: string;
  /** False where the parsers of source files are not at hand (the Action): then nobody counts what depends on what. */
  readonly readsImports?: boolean;
}

export interface OperationProgress {
  readonly label: string;
  readonly done: number;
  /** Null while the total is not known. */
  readonly total: number | null;
}

export interface WriteHints {
  /** May take away what is there, not only add to it. */
  readonly isDestructive: boolean;
  /** Twice does no more than once. */
  readonly isIdempotent: boolean;
}

/** One user-visible verb. The catalogue lists them; CLI, HTTP API and MCP are made from the same entry. */
export interface Operation<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  /** `umbrella.list`; the CLI says `umbrella list`, MCP says `umbrella_list`. */
  readonly name: string;
  /** One sentence for help texts and tool descriptions. */
  readonly summary: string;
  readonly effect: 'read' | 'write';
  /** Of a write: what MCP clients are told of it. */
  readonly hints?: WriteHints;
  /** It opens the store: where a server of this machine holds that, the operation is sent there. */
  readonly needsStore?: true | ((input: z.output<Input>) => boolean);
  readonly input: Input;
  readonly output: Output;
  readonly run: (context: OperationContext, input: z.output<Input>) => Promise<z.output<Output>>;
}

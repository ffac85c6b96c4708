import { type ChildProcess, spawn } from 'node:child_process';
import { setMaxListeners } from 'node:events';
import type { Readable } from 'node:stream';

/** Where a call runs: never in somebody's repository, always in a git folder of our own. */
export interface GitPlace {
  readonly gitFolder: string;
  /** Also the working directory. git reads `.gitattributes` here, and nothing else. */
  readonly workTree: string;
}

export interface GitCall {
  readonly args: readonly string[];
  readonly input?: string;
  readonly place?: GitPlace;
  readonly timeoutMs?: number;
  readonly maxOutputBytes?: number;
  /** How much is kept of what git says beside its answer; 4 KB when absent. */
  readonly maxRemarkBytes?: number;
  /** `latin1` keeps one character per byte. */
  readonly encoding?: 'utf8' | 'latin1';
  readonly signal?: AbortSignal;
  /** More of the environment; it shows neither in the arguments nor on disk, so a token may stand in it. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** `done`: exit code 0. `failed`: git ended by itself, with another. The rest was ended by us, its output cut anywhere. */
export interface GitOutcome {
  readonly ended: 'done' | 'failed' | 'too_slow' | 'too_much' | 'cancelled' | 'not_started';
  readonly stdout: string;
  /** What git complained of last, in one line without control characters; bounded; empty where it did not. */
  readonly complaint: string;
  /** All that it said beside its answer, warnings too, as it said it; cut off at the bound. */
  readonly remarks: string;
}

const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_OUTPUT_BYTES = 256 * 1024 * 1024;
const STDERR_BYTES = 4096;
/** No single allocation of git may be larger, so that a blob of gigabytes ends that process and not the machine. */
const ALLOCATION_LIMIT = '1g';

/**
 * The only place that starts git. No shell, no configuration but our own folder's, no attributes of the machine, no
 * replaced objects, nothing fetched on demand, no questions asked, and an environment made from nothing but what the call
 * gives. Paths come back as UTF-8; bytes that are none become U+FFFD. Never throws: what went wrong is in the outcome.
 */
export function runGit(call: GitCall): Promise<GitOutcome> {
  const { args, input = '', place, signal } = call;
  // A large process takes ten milliseconds to start another one: not for what is to be ended at once.
  if (signal?.aborted) return Promise.resolve({ ended: 'cancelled', stdout: '', complaint: '', remarks: '' });
  return new Promise((resolve) => {
    let endedBy: GitOutcome['ended'] | null = null;
    const child = spawn('git', ['--no-pager', ...args], {
      ...(place === undefined ? {} : { cwd: place.workTree }),
      env: { ...environmentOf(place), ...call.environment },
      stdio: 'pipe',
      windowsHide: true,
    });
    const end = (reason: GitOutcome['ended']): void => {
      endedBy ??= reason;
      child.kill('SIGKILL');
    };
    const cancel = (): void => end('cancelled');
    const timer = setTimeout(() => end('too_slow'), call.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    running.add(child);
    // As many as run at once listen, and none stays: node would warn its user of a leak.
    if (signal) setMaxListeners(0, signal);
    signal?.addEventListener('abort', cancel, { once: true });
    const stdout = collect(child.stdout, call.maxOutputBytes ?? DEFAULT_OUTPUT_BYTES, () => end('too_much'));
    const stderr = collect(child.stderr, call.maxRemarkBytes ?? STDERR_BYTES, () => undefined);
    const finish = (ended: GitOutcome['ended']): void => {
      clearTimeout(timer);
      running.delete(child);
      signal?.removeEventListener('abort', cancel);
      const by = endedBy ?? ended;
      const remarks = stderr.text();
      resolve({ ended: by, stdout: stdout.text(call.encoding), complaint: complaintOf(remarks, by, place), remarks });
    };
    child.once('error', () => finish('not_started'));
    child.once('close', (code) => finish(code === 0 ? 'done' : 'failed'));
    // A git that dies on its first line closes its input while we still write.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

const running = new Set<ChildProcess>();

/** Ends every git of this process at once, because the process ends. */
export function killGit(): void {
  for (const child of running) child.kill('SIGKILL');
}

function environmentOf(place: GitPlace | undefined): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TMPDIR } = process.env;
  return {
    ...(PATH === undefined ? {} : { PATH }),
    ...(SystemRoot === undefined ? {} : { SystemRoot }),
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
    ...(place === undefined
      ? {}
      : {
          GIT_DIR: place.gitFolder,
          GIT_WORK_TREE: place.workTree,
          HOME: place.gitFolder,
          XDG_CONFIG_HOME: place.gitFolder,
        }),
    LC_ALL: 'C',
    GIT_ALLOC_LIMIT: ALLOCATION_LIMIT,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_PROTOCOL_FROM_USER: '0',
    GIT_TERMINAL_PROMPT: '0',
  };
}

interface Collected {
  readonly text: (encoding?: 'utf8' | 'latin1') => string;
}

/** Keeps the first bytes of a stream, and goes on reading without keeping more. */
function collect(stream: Readable, limit: number, onLimit: () => void): Collected {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    if (size < limit) chunks.push(chunk.subarray(0, limit - size));
    size += chunk.length;
    if (size > limit) onLimit();
  });
  stream.on('error', () => undefined);
  return { text: (encoding = 'utf8') => Buffer.concat(chunks).toString(encoding) };
}

/** Warnings count only where git failed: they often say why. Our own folder has another name each time: it is left out. */
function complaintOf(text: string, ended: GitOutcome['ended'], place: GitPlace | undefined): string {
  const lines = text.trimEnd().split('\n');
  const errors = lines.filter((line) => /^(error|fatal): /.test(line));
  const last = errors.at(-1) ?? (ended === 'done' ? '' : lines.at(-1)) ?? '';
  const own = place === undefined ? [] : [place.gitFolder, place.workTree];
  const named = own.reduce((words, folder) => words.replaceAll(`${folder}/`, ''), last);
  return named.replaceAll(/\p{Cc}/gu, ' ').slice(0, 300);
}

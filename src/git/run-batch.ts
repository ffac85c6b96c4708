import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { type Repository, type RepositoryCall, runIn } from './open-repository.ts';
import type { GitOutcome } from './run-git.ts';

export interface Batch<T> {
  readonly args: readonly string[];
  /** One question each, without its line end. */
  readonly lines: readonly string[];
  /** Reads the answers in the order of the questions. `isWhole` is false where git ended early: the last may be cut off. */
  readonly read: (text: string, isWhole: boolean) => readonly T[];
  readonly workTree?: string;
  readonly signal?: AbortSignal;
  /** Called now and then with how many more questions are answered. */
  readonly onAnswered?: (count: number) => void;
}

/** An answer, or why there is none. */
export type Answer<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly reason: string };

/** What one process is asked at most. git may keep all its answers until the end, and a process that dies loses them. */
const QUESTIONS_PER_PROCESS = 250;
const PROCESSES_AT_ONCE = Math.min(4, availableParallelism());
const BASE_TIMEOUT_MS = 20_000;
const TIMEOUT_MS_PER_QUESTION = 250;

/**
 * Asks a git that reads questions from its input, in few processes and a few at a time. Where one dies the question it
 * died on is asked again by itself, and the rest goes on after it; where one takes too long or says too much, its questions
 * are halved. So one bad object costs one answer, never the batch.
 */
export async function runBatch<T>(repository: Repository, batch: Batch<T>): Promise<readonly Answer<T>[]> {
  const limit = pLimit(PROCESSES_AT_ONCE);
  const share = Math.ceil(batch.lines.length / PROCESSES_AT_ONCE);
  const size = Math.max(1, Math.min(QUESTIONS_PER_PROCESS, share));
  const parts = Array.from({ length: Math.ceil(batch.lines.length / size) }, (_, index) =>
    batch.lines.slice(index * size, (index + 1) * size),
  );
  const answered = await Promise.all(parts.map((lines) => limit(() => ask(repository, { ...batch, lines }))));
  return answered.flat();
}

async function ask<T>(repository: Repository, batch: Batch<T>): Promise<readonly Answer<T>[]> {
  const answers: Answer<T>[] = [];
  while (answers.length < batch.lines.length) {
    const lines = batch.lines.slice(answers.length);
    const outcome = await runIn(repository, callOf(batch, lines));
    const isWhole = outcome.ended === 'done' && outcome.complaint === '';
    const read = batch.read(outcome.stdout, isWhole);
    const isAnswered = isWhole && read.length === lines.length;
    if (isAnswered || outcome.ended === 'failed')
      answers.push(...read.map((value): Answer<T> => ({ known: true, value })));
    if (!isAnswered) answers.push(...(await askAgain(repository, batch, { lines, outcome, answered: read.length })));
  }
  batch.onAnswered?.(answers.length);
  return answers;
}

interface Shortfall {
  readonly lines: readonly string[];
  readonly outcome: GitOutcome;
  readonly answered: number;
}

async function askAgain<T>(
  repository: Repository,
  batch: Batch<T>,
  shortfall: Shortfall,
): Promise<readonly Answer<T>[]> {
  const { lines, outcome, answered } = shortfall;
  const part = (some: readonly string[]): Promise<readonly Answer<T>[]> =>
    ask(repository, { args: batch.args, lines: some, read: batch.read, ...placeOf(batch) });
  const isHopeless = outcome.ended === 'cancelled' || outcome.ended === 'not_started';
  if (lines.length === 1 || isHopeless) {
    const reason = reasonOf(outcome);
    return lines.slice(outcome.ended === 'failed' ? answered : 0).map(() => ({ known: false, reason }));
  }
  if (outcome.ended === 'failed') return part(lines.slice(answered, answered + 1));
  const half = Math.ceil(lines.length / 2);
  return [...(await part(lines.slice(0, half))), ...(await part(lines.slice(half)))];
}

function callOf<T>(batch: Batch<T>, lines: readonly string[]): RepositoryCall {
  const input = lines.map((line) => `${line}\n`).join('');
  const timeoutMs = BASE_TIMEOUT_MS + lines.length * TIMEOUT_MS_PER_QUESTION;
  return { args: batch.args, input, timeoutMs, ...placeOf(batch) };
}

function placeOf<T>({ workTree, signal }: Batch<T>): Pick<RepositoryCall, 'workTree' | 'signal'> {
  return { ...(workTree === undefined ? {} : { workTree }), ...(signal === undefined ? {} : { signal }) };
}

function reasonOf({ ended, complaint }: GitOutcome): string {
  if (ended === 'too_slow') return 'git took too long';
  if (ended === 'too_much') return 'git had too much to say';
  if (ended === 'cancelled') return 'it was cancelled';
  if (ended === 'not_started') return 'git cannot be started';
  return complaint === '' ? 'git failed without a word' : `git says: ${complaint}`;
}

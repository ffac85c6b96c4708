import { availableParallelism } from 'node:os';
import { explainFailure } from './explain-failure.ts';
import { type Repository, type RepositoryCall, runIn } from './open-repository.ts';
import type { GitOutcome } from './run-git.ts';

export interface Batch<T> {
  readonly args: readonly string[];
  /** One question each, without its line end. */
  readonly lines: readonly string[];
  /** Reads the answers in the order of the questions. `isWhole` is false where git ended early: the last may be cut off. */
  readonly read: (text: string, isWhole: boolean) => readonly T[];
  /** git answers one sooner than it starts: then few processes do, one where it can. */
  readonly isQuick?: true;
  readonly workTree?: string;
  readonly signal?: AbortSignal;
  /** Called now and then with how many more questions are answered. */
  readonly onAnswered?: (count: number) => void;
}

/** An answer, or why there is none; `isUntried` where the signal came before it: asked again, git might well tell. */
export type Answer<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly reason: string; readonly isUntried?: true };

/** What one process is asked at most. git may keep all its answers until the end, and a process that dies loses them. */
const QUESTIONS_PER_PROCESS = 250;
/** The same of one that answers sooner than it starts, and each question at once. */
const QUICK_QUESTIONS = 5000;
/** What the first processes are asked: how long they take tells what the next ones get. */
const FIRST_QUESTIONS = 16;
/** How long a process should take: long against its start, short against what somebody waits for without news. */
const PROCESS_MS = 1500;
/** Less is not worth the start of a process. */
const LEAST_MS = 100;
const PROCESSES_AT_ONCE = Math.min(4, availableParallelism());
const BASE_TIMEOUT_MS = 20_000;
const TIMEOUT_MS_PER_QUESTION = 250;

/**
 * Asks a git that reads questions from its input, in few processes and a few at a time. Where one dies the question it
 * died on is asked again by itself, and the rest goes on after it; where one takes too long or says too much, what it
 * did not answer is halved. So one bad object costs one answer, never the batch.
 */
export async function runBatch<T>(repository: Repository, asked: Batch<T>): Promise<readonly Answer<T>[]> {
  const signal = asked.signal ?? repository.signal;
  const batch = { ...asked, ...(signal && { signal }) };
  const { lines } = batch;
  const answers: (readonly Answer<T>[])[] = [];
  let next = 0;
  let msPerQuestion: number | null = null;
  /** What is left is shared, so that none has the rest to itself while the others are done. */
  const size = (): number => {
    const share = Math.ceil((lines.length - next) / PROCESSES_AT_ONCE);
    if (asked.isQuick) return QUICK_QUESTIONS;
    if (msPerQuestion === null) return Math.min(FIRST_QUESTIONS, share);
    const [least, most] = [LEAST_MS, PROCESS_MS].map((ms) => Math.floor(ms / (msPerQuestion ?? ms)));
    return Math.max(1, Math.min(QUESTIONS_PER_PROCESS, most ?? 1, Math.max(share, least ?? 1)));
  };
  const work = async (): Promise<void> => {
    while (next < lines.length && signal?.aborted !== true) {
      const from = next;
      next += size();
      const startedMs = performance.now();
      const part = await ask(repository, { ...batch, lines: lines.slice(from, next) });
      answers[from] = part;
      msPerQuestion = Math.max(0.001, (performance.now() - startedMs) / part.length);
    }
  };
  await Promise.all(Array.from({ length: PROCESSES_AT_ONCE }, work));
  const told = answers.flat();
  const unread = cancelledBy(signal);
  return [...told, ...lines.slice(told.length).map(() => unread)];
}

async function ask<T>(repository: Repository, batch: Batch<T>): Promise<readonly Answer<T>[]> {
  const answers: Answer<T>[] = [];
  while (answers.length < batch.lines.length) {
    const lines = batch.lines.slice(answers.length);
    const outcome = await runIn(repository, callOf(batch, lines));
    const isWhole = outcome.ended === 'done' && outcome.complaint === '';
    const read = batch.read(outcome.stdout, isWhole);
    const isAnswered = isWhole && read.length === lines.length;
    // One that claims to be done and did not answer all is believed in nothing.
    const told = isAnswered || outcome.ended !== 'done' ? read : [];
    answers.push(...told.map((value): Answer<T> => ({ known: true, value })));
    const rest = lines.slice(told.length);
    if (rest.length > 0) answers.push(...(await askAgain(repository, batch, { lines: rest, outcome })));
  }
  batch.onAnswered?.(answers.length);
  return answers;
}

interface Shortfall {
  /** What was not answered. */
  readonly lines: readonly string[];
  readonly outcome: GitOutcome;
}

async function askAgain<T>(
  repository: Repository,
  batch: Batch<T>,
  { lines, outcome }: Shortfall,
): Promise<readonly Answer<T>[]> {
  const part = (some: readonly string[]): Promise<readonly Answer<T>[]> =>
    ask(repository, { args: batch.args, lines: some, read: batch.read, ...placeOf(batch) });
  const isHopeless = outcome.ended === 'cancelled' || outcome.ended === 'not_started';
  if (lines.length === 1 || isHopeless) {
    const unanswered: Answer<never> =
      outcome.ended === 'cancelled'
        ? cancelledBy(batch.signal)
        : { known: false, reason: await explainFailure(repository, outcome) };
    return lines.map(() => unanswered);
  }
  if (outcome.ended === 'failed') return part(lines.slice(0, 1));
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

/** What a signal kept from being asked: asked again, git might well tell. */
export const cancelledBy = (signal: AbortSignal | undefined): Answer<never> => ({
  known: false,
  reason: whyCancelled(signal),
  isUntried: true,
});

/** In words, of what a signal kept from being done. */
export function whyCancelled(signal: AbortSignal | undefined): string {
  const isLate = signal?.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
  return isLate ? 'the time for it was up' : 'it was cancelled';
}

import { PassThrough } from 'node:stream';
import { Presets, SingleBar } from 'cli-progress';
import type { OperationProgress } from '../../operations/operation.ts';
import type { CliIo } from './cli-io.ts';
import { timeLeft, type WorkMark } from './time-left.ts';

interface ProgressReport {
  readonly report: (progress: OperationProgress) => void;
  /** Removes the bar; may be called more than once. */
  readonly stop: () => void;
}

/** Work that is over sooner shows no bar at all. */
const PATIENCE_MS = 500;

/**
 * A bar on stderr while a command works for longer than a moment, with how long the step at hand goes on at its pace so far;
 * at anything but a terminal, nothing.
 */
export function reportProgress({ stderr }: CliIo, now: () => number = Date.now): ProgressReport {
  if (stderr.isTTY !== true) return { report: () => {}, stop: () => {} };
  const startedAt = now();
  let bar: SingleBar | null = null;
  let step: (WorkMark & { readonly label: string }) | null = null;
  return {
    report: ({ label, done, total }) => {
      const mark = { atMs: now(), done };
      // Every step has a pace of its own, and what came before its first report is not known to be part of it.
      if (step?.label !== label || done < step.done) step = { ...mark, label };
      if (mark.atMs - startedAt < PATIENCE_MS) return;
      bar ??= startBar(stderr);
      bar.setTotal(total ?? Math.max(done, 1));
      bar.update(done, { label, left: suffix(timeLeft(step, mark, total)) });
    },
    stop: () => {
      bar?.stop();
      bar = null;
    },
  };
}

const suffix = (words: string): string => (words === '' ? '' : `, ${words}`);

function startBar(stderr: CliIo['stderr']): SingleBar {
  const stream = terminalOf(stderr);
  const bar = new SingleBar(
    { stream, format: '{bar} {value}/{total} {label}{left}', clearOnComplete: true, hideCursor: true, barsize: 24 },
    Presets.shades_classic,
  );
  bar.start(1, 0, { label: '', left: '' });
  return bar;
}

/** cli-progress wants a Node stream; ours may be anything that can be written to. */
function terminalOf(output: CliIo['stderr']): NodeJS.WritableStream {
  if (output === process.stderr) return process.stderr;
  const stream = new PassThrough();
  stream.on('data', (chunk: Buffer) => output.write(chunk.toString('utf8')));
  return Object.assign(stream, { isTTY: true, columns: output.columns ?? 80 });
}

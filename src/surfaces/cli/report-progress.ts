import { PassThrough } from 'node:stream';
import { Presets, SingleBar } from 'cli-progress';
import type { OperationProgress } from '../../operations/operation.ts';
import type { CliIo } from './cli-io.ts';

interface ProgressReport {
  readonly report: (progress: OperationProgress) => void;
  /** Removes the bar; may be called more than once. */
  readonly stop: () => void;
}

/** Work that is over sooner shows no bar at all. */
const PATIENCE_MS = 500;

/** A bar on stderr while a command works for longer than a moment; at anything but a terminal, nothing. */
export function reportProgress({ stderr }: CliIo, now: () => number = Date.now): ProgressReport {
  if (stderr.isTTY !== true) return { report: () => {}, stop: () => {} };
  const startedAt = now();
  let bar: SingleBar | null = null;
  return {
    report: ({ label, done, total }) => {
      if (now() - startedAt < PATIENCE_MS) return;
      bar ??= startBar(stderr);
      bar.setTotal(total ?? Math.max(done, 1));
      bar.update(done, { label });
    },
    stop: () => {
      bar?.stop();
      bar = null;
    },
  };
}

function startBar(stderr: CliIo['stderr']): SingleBar {
  const stream = terminalOf(stderr);
  const bar = new SingleBar(
    { stream, format: '{bar} {value}/{total} {label}', clearOnComplete: true, hideCursor: true, barsize: 24 },
    Presets.shades_classic,
  );
  bar.start(1, 0, { label: '' });
  return bar;
}

/** cli-progress wants a Node stream; ours may be anything that can be written to. */
function terminalOf(output: CliIo['stderr']): NodeJS.WritableStream {
  if (output === process.stderr) return process.stderr;
  const stream = new PassThrough();
  stream.on('data', (chunk: Buffer) => output.write(chunk.toString('utf8')));
  return Object.assign(stream, { isTTY: true, columns: output.columns ?? 80 });
}

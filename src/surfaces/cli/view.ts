import pc from 'picocolors';
import type { CliIo, GlobalOptions } from './cli-io.ts';

export type Colors = ReturnType<typeof pc.createColors>;

/** How the result is looked at. */
export interface View {
  readonly colors: Colors;
  /** Columns that a line may take. */
  readonly width: number;
}

const WIDTH_WITHOUT_TERMINAL = 140;
const NARROWEST = 60;

/** Colour only at a terminal, and not where `NO_COLOR` (https://no-color.org) or `--no-color` says otherwise. */
export function viewOf(io: CliIo, options: Pick<GlobalOptions, 'color'>): View {
  const isColored = io.stdout.isTTY === true && options.color && !io.env.NO_COLOR && io.env.TERM !== 'dumb';
  return {
    colors: pc.createColors(isColored),
    width: Math.max(NARROWEST, io.stdout.isTTY ? (io.stdout.columns ?? 80) : WIDTH_WITHOUT_TERMINAL),
  };
}

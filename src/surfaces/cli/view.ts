import pc from 'picocolors';
import type { ChangeOutcome } from '../../operations/apply-changes.ts';
import type { CliIo, GlobalOptions } from './cli-io.ts';

export type Colors = ReturnType<typeof pc.createColors>;

/** How the result is looked at. */
export interface View {
  readonly colors: Colors;
  /** Columns that a line may take; infinite where nobody set a limit. */
  readonly width: number;
  /** What became of the changes of what is shown; absent: none were sent. */
  readonly outcomes?: readonly ChangeOutcome[];
  /** What is kept ends with the command; absent: it is there for the next one. */
  readonly isInWorld?: boolean;
}

const NARROWEST = 40;
/** Of a piped table with sentences in it: two halves of a wide terminal. */
const WIDE = 120;

/** For tables with sentences in them, which nobody can read at full length: never without a limit. */
export const withLimit = (view: View): View => (Number.isFinite(view.width) ? view : { ...view, width: WIDE });

/** Colour only at a terminal, and not where `NO_COLOR` (https://no-color.org) or `--no-color` says otherwise. */
export function viewOf(io: CliIo, options: Pick<GlobalOptions, 'color' | 'world'>): View {
  const isColored = io.stdout.isTTY === true && options.color && !io.env.NO_COLOR && io.env.TERM !== 'dumb';
  return {
    colors: pc.createColors(isColored),
    width: Math.max(NARROWEST, io.stdout.isTTY === true ? (io.stdout.columns ?? 80) : columnsSet(io.env)),
    ...(options.world === undefined ? {} : { isInWorld: true }),
  };
}

/** `COLUMNS`, for output that is piped; without it a line is as long as it is, which suits grep. */
function columnsSet({ COLUMNS }: CliIo['env']): number {
  return /^[1-9]\d{0,4}$/.test(COLUMNS ?? '') ? Number(COLUMNS) : Number.POSITIVE_INFINITY;
}

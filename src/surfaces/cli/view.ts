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
export function viewOf(io: Pick<CliIo, 'stdout' | 'env'>, options: Pick<GlobalOptions, 'color' | 'world'>): View {
  const isColored = io.stdout.isTTY === true && options.color && !io.env.NO_COLOR && io.env.TERM !== 'dumb';
  return {
    colors: pc.createColors(isColored),
    width: Math.max(NARROWEST, widthOf(io)),
    ...(options.world === undefined ? {} : { isInWorld: true }),
  };
}

/** Where nobody says how wide a terminal is. */
const TERMINAL = 80;

/** A terminal's own width, which is 0 where it has none to tell; piped output is as wide as `COLUMNS`, or as its lines, which suits grep. */
function widthOf({ stdout, env }: Pick<CliIo, 'stdout' | 'env'>): number {
  if (stdout.isTTY !== true) return columnsSet(env) ?? Number.POSITIVE_INFINITY;
  return stdout.columns || (columnsSet(env) ?? TERMINAL);
}

const columnsSet = ({ COLUMNS }: CliIo['env']): number | null =>
  /^[1-9]\d{0,4}$/.test(COLUMNS ?? '') ? Number(COLUMNS) : null;

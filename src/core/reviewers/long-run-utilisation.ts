/** Fewer days say nothing. */
const FEWEST_DAYS = 5;

/** Units taken on over what the pace allowed on the working days on which somebody was there; null below five days. */
export const longRunUtilisation = ({ taken, pace, presentDays }: LongRun): number | null =>
  presentDays < FEWEST_DAYS ? null : taken / (pace * presentDays);

interface LongRun {
  readonly taken: number;
  /** Units per working day. */
  readonly pace: number;
  readonly presentDays: number;
}

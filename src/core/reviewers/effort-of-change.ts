/** Lines beyond it make a review no longer: nobody reads them one by one. */
const MOST_LINES = 5000;

/**
 * How much work a review is, in units of the queueing model: 0.625 for an empty change, about 1.2 for 60 lines, 2.04 at most.
 * What it is for one person depends on familiarity, see `effortFor`. The formula is the reference model's.
 */
export const effortOfChange = (changedLines: number): number =>
  0.5 + Math.log2(2 + Math.min(Math.max(0, changedLines), MOST_LINES)) / 8;

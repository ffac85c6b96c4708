/**
 * Units that somebody reviewed beyond the pace, after one more working day; below zero, by a day's pace at most, for whoever
 * is rested, because time that nobody used is lost.
 */
export const restOneDay = (overdrawn: number, pace: number): number => Math.max(0, overdrawn) - pace;

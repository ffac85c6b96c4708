/**
 * How many requests may wait for somebody at once before others go first: what is begun in one working day. What waits
 * longer waits better in the queue, where whoever knows it and is free first takes it.
 */
export const capacityOfPace = (unitsPerWorkingDay: number): number => Math.max(1, Math.ceil(unitsPerWorkingDay));

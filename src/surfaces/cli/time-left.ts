/** How far some work was at a moment. */
export interface WorkMark {
  readonly atMs: number;
  readonly done: number;
}

/** What went on for less tells nothing of the pace. */
const LEAST_EVIDENCE_MS = 3000;

/**
 * How long the rest takes if it goes on at the pace between two moments, rounded up so that nobody waits longer than told
 * for want of digits: `~40 s left`. Empty where the total is not known, where nothing was done in between, and
 * in the first three seconds.
 */
export function timeLeft(from: WorkMark, to: WorkMark, total: number | null): string {
  const [tookMs, done] = [to.atMs - from.atMs, to.done - from.done];
  if (total === null || tookMs < LEAST_EVIDENCE_MS || done <= 0 || to.done >= total) return '';
  return `~${roundedUp(((total - to.done) * tookMs) / done / 1000)} left`;
}

function roundedUp(seconds: number): string {
  if (seconds <= 55) return `${Math.ceil(seconds / 5) * 5} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

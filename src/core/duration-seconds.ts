/** Seconds of a duration as the configuration writes it, `7d` or `36h`; its schema takes nothing else. */
export const durationSeconds = (duration: string): number =>
  Number.parseInt(duration, 10) * (duration.endsWith('h') ? 3_600 : 86_400);

/** How long a look into a clone may take. Its signals come one after the other, counted from its start. */
export interface RiskTime {
  /** As it was asked for; undefined: as long as it takes. */
  readonly seconds: number | undefined;
  /** When all of it is over, by `performance.now()`: for work that waits for nothing, in which no signal comes. */
  readonly endsAtMs?: number;
  /** Ends trial merges that take much longer than the rest. */
  readonly patience?: AbortSignal;
  /** Ends trial merges. */
  readonly trials?: AbortSignal;
  /** Ends reading the lines of what they did not reach. */
  readonly lines?: AbortSignal;
  /** Ends all else that asks git or reads files, but for: */
  readonly all?: AbortSignal;
  /** Ends reading where heads left the base and which files they change: without that not even an estimate is left of them. */
  readonly ground?: AbortSignal;
}

/** Of the time; what is left after the lines is for imports, and all of it for them where little was to be merged. */
const PATIENCE = 0.4;
const TRIALS = 0.75;
const LINES = 0.9;
/** On a busy machine a few seconds are over before git has told where thousands of heads stand. */
const GRACE_SECONDS = 20;

/** Starts the clock. Without a bound, all of it ends with `stop` alone. */
export function startRiskTime(seconds: number | undefined, stop: AbortSignal | undefined): RiskTime {
  if (seconds === undefined) return { seconds, ...(stop && { trials: stop, lines: stop, all: stop, ground: stop }) };
  const endAt = (share: number): AbortSignal => endingAfter(seconds * share, stop);
  const ground = endingAfter(seconds + GRACE_SECONDS, stop);
  const endsAtMs = performance.now() + seconds * 1000;
  return {
    seconds,
    endsAtMs,
    patience: endAt(PATIENCE),
    trials: endAt(TRIALS),
    lines: endAt(LINES),
    all: endAt(1),
    ground,
  };
}

/** By a timer of its own: Node 20 may forget a signal that `AbortSignal.any` made of one that only times out. */
function endingAfter(seconds: number, stop: AbortSignal | undefined): AbortSignal {
  const ending = new AbortController();
  const isUp = (): void => ending.abort(new DOMException('the time was up', 'TimeoutError'));
  if (seconds <= 0) isUp();
  else setTimeout(isUp, seconds * 1000).unref();
  stop?.addEventListener('abort', () => ending.abort(stop.reason), { once: true });
  if (stop?.aborted) ending.abort(stop.reason);
  return ending.signal;
}

import { durationSeconds } from '../core/duration-seconds.ts';
import type { OrderLimits } from '../core/risk/order/merge-item.ts';

const DAY_SECONDS = 86_400;

type Pace = Pick<OrderLimits, 'now' | 'mergesPerDay'>;

/** The cap on the wait in days: `7d`, `12h`; null for no cap. */
export const riskLimits = (maxWait: string | null, { now, mergesPerDay }: Pace): OrderLimits => ({
  now,
  maxWaitDays: maxWait === null ? null : durationSeconds(maxWait) / DAY_SECONDS,
  mergesPerDay,
});

import type { Config } from '../core/config.ts';
import { durationSeconds } from '../core/duration-seconds.ts';
import type { OrderLimits } from '../core/risk/order/merge-item.ts';

const DAY_SECONDS = 86_400;

/** The cap on the wait as configured, in days. */
export const riskLimits = ({ risk }: Config, now: string, mergesPerDay: number | null): OrderLimits => ({
  now,
  maxWaitDays: durationSeconds(risk.max_wait) / DAY_SECONDS,
  mergesPerDay,
});

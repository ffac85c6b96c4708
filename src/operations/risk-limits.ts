import type { Config } from '../core/config.ts';
import type { OrderLimits } from '../core/risk/order/merge-item.ts';

/** The cap on the wait as configured, in days. */
export function riskLimits({ risk }: Config, now: string, mergesPerDay: number | null): OrderLimits {
  const [, amount, unit] = /^(\d+)([dh])$/.exec(risk.max_wait) ?? [];
  const days = Number(amount) / (unit === 'h' ? 24 : 1);
  return { now, maxWaitDays: Number.isFinite(days) ? days : null, mergesPerDay };
}

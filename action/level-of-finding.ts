import type { Finding, ReadinessReport } from '../src/core/readiness/report-schema.ts';
import type { ReportedFinding } from './action-command.ts';

const LEVELS = { fails: 'error', unknown: 'warning', informs: 'notice' } as const;

/** Only what is in the way is an error: what fails a criterion that only informs is a warning. */
export function levelOfFinding(
  { effect, criterion }: Pick<Finding, 'effect' | 'criterion'>,
  { criteria }: { readonly criteria: readonly Pick<ReadinessReport['criteria'][number], 'id' | 'weight'>[] },
): ReportedFinding['level'] {
  const isInforming = criteria.some(({ id, weight }) => id === criterion && weight === 'informing');
  return effect === 'fails' && isInforming ? 'warning' : LEVELS[effect];
}

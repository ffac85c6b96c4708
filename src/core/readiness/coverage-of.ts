import type { Gap, GapCause } from '../reading.ts';
import { compareNames } from './compare-refs.ts';
import type { SourceCoverage } from './report-schema.ts';

/** How far one source of a report was read. */
export interface SourceReading {
  /** `tasks`, `pull requests`, `base branch` … */
  readonly source: string;
  readonly gaps: readonly Gap[];
  /** Some of it was read. */
  readonly isRead: boolean;
  /** Nothing in the scope or in the configuration asks for it; default true. */
  readonly isNeeded?: boolean;
}

const NAMED = 3;

/** The worst of what is missing decides; where some was read, all but a limit of GitHub's is `partial`. */
export function coverageOf({ source, gaps, isRead, isNeeded = true }: SourceReading): SourceCoverage {
  if (gaps.length === 0) {
    return { source, state: isNeeded ? 'ok' : 'not_needed', missing: null, permission: null };
  }
  const states = new Set(gaps.map(({ cause }) => STATES[cause]));
  const worst = ORDER.find((state) => states.has(state)) ?? 'partial';
  const state = isRead && worst !== 'rate_limited' ? 'partial' : worst;
  const whats = [...new Set(gaps.map(({ what }) => what))].sort(compareNames);
  const more = whats.length - NAMED;
  const permissions = [...new Set(gaps.flatMap(({ permission }) => permission?.split(', ') ?? []))].sort();
  return {
    source,
    state,
    missing: `${whats.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    permission: permissions.length === 0 ? null : permissions.join(', '),
  };
}

const STATES: Readonly<Record<GapCause, 'partial' | 'denied' | 'rate_limited' | 'unavailable'>> = {
  forbidden: 'denied',
  rate_limited: 'rate_limited',
  unavailable: 'unavailable',
  no_clone: 'unavailable',
  not_supported: 'unavailable',
  truncated: 'partial',
  invalid: 'partial',
};

const ORDER = ['rate_limited', 'denied', 'unavailable', 'partial'] as const;

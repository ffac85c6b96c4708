import type { Criterion } from '../criterion.ts';
import { baseCi } from './base-ci.ts';
import { integrationOutcomes } from './integration-outcomes.ts';
import { scopeIntegrity } from './scope-integrity.ts';

/** Everything that readiness checks, in the order of `CRITERION_IDS`. */
export const CRITERIA: readonly Criterion[] = [integrationOutcomes, baseCi, scopeIntegrity];

import type { Criterion } from '../criterion.ts';
import { artifacts } from './artifacts.ts';
import { backports } from './backports.ts';
import { baseCi } from './base-ci.ts';
import { completion } from './completion.ts';
import { dependencies } from './dependencies.ts';
import { gateBacklog } from './gate-backlog.ts';
import { implementedAge } from './implemented-age.ts';
import { integrationOutcomes } from './integration-outcomes.ts';
import { presentOnBase } from './present-on-base.ts';
import { scopeIntegrity } from './scope-integrity.ts';

/** Everything that readiness checks, in the order of `CRITERION_IDS`. */
export const CRITERIA: readonly Criterion[] = [
  completion,
  integrationOutcomes,
  presentOnBase,
  dependencies,
  baseCi,
  scopeIntegrity,
  gateBacklog,
  implementedAge,
  backports,
  artifacts,
];

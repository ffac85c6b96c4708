import type { Migration } from 'kysely';
import { plans } from './001-plans.ts';
import { planLeases } from './002-plan-leases.ts';
import { claims } from './003-claims.ts';
import { writes } from './004-writes.ts';
import { origins } from './005-origins.ts';
import { signsGone } from './006-signs-gone.ts';
import { reviewers } from './007-reviewers.ts';
import { answeredReports } from './008-answered-reports.ts';
import { rerolls } from './009-rerolls.ts';

/** In order, by name. One that has been released is never changed: a later one mends it. */
export const ALL_MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-plans': plans,
  '002-plan-leases': planLeases,
  '003-claims': claims,
  '004-writes': writes,
  '005-origins': origins,
  '006-signs-gone': signsGone,
  '007-reviewers': reviewers,
  '008-answered-reports': answeredReports,
  '009-rerolls': rerolls,
};

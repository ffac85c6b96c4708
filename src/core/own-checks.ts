import { RISK_CHECK } from './risk/plan-risk-report.ts';

/** On the head of release branches and of merge groups: whether what is there is ready. */
export const READINESS_CHECK = 'parasol/readiness';

const OWN_CHECKS: ReadonlySet<string> = new Set([RISK_CHECK, READINESS_CHECK]);

/** Whether a check run of that name is Parasol's own word, which says nothing of whether anything was tested. */
export const isOwnCheckName = (name: string): boolean => OWN_CHECKS.has(name);

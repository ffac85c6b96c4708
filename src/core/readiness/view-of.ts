import type { Config } from '../config.ts';
import { assessWork } from '../umbrella/assess-work.ts';
import type { ReadinessView } from './criterion.ts';
import type { ReadinessFacts } from './readiness-facts.ts';

/** What was reverted on another branch than the base is none of the scope's loss, and what came back there no gain. */
export function viewOf(facts: ReadinessFacts, config: Config): ReadinessView {
  const { repository, baseBranch: branch } = facts.scope;
  return { facts, config, work: assessWork(facts.work, config, { repository, branch }) };
}

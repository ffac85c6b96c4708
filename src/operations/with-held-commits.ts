import type { Config } from '../core/config.ts';
import { coverageOf, type SourceReading } from '../core/readiness/coverage-of.ts';
import { askedOfBase } from '../core/readiness/merged-elsewhere.ts';
import type { ReadinessFacts } from '../core/readiness/readiness-facts.ts';
import { viewOf } from '../core/readiness/view-of.ts';
import type { GitHubClient } from '../github/client.ts';
import { loadHeldCommits } from '../github/load-held-commits.ts';

interface Asking {
  readonly config: Config;
  /** How far the base was read so far. */
  readonly base: SourceReading;
}

/** The facts with what the base holds of work that was merged into other branches; nothing is read where none was. */
export async function withHeldCommits(
  github: GitHubClient,
  facts: ReadinessFacts,
  { config, base }: Asking,
): Promise<ReadinessFacts> {
  const { repository, baseBranch: branch, baseSha: sha } = facts.scope;
  const asked = sha === null ? [] : askedOfBase(viewOf(facts, config));
  if (sha === null || asked.length === 0) return facts;
  const onBase = await loadHeldCommits(github, { repository, branch, sha }, asked);
  const gaps = [...base.gaps, ...[...onBase.values()].flatMap((one) => (one.known ? [] : [one.gap]))];
  const own = coverageOf({ ...base, gaps });
  return { ...facts, onBase, coverage: facts.coverage.map((one) => (one.source === base.source ? own : one)) };
}

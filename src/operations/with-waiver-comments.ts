import type { Config } from '../core/config.ts';
import { buildReport } from '../core/readiness/build-report.ts';
import { coverageOf, type SourceReading } from '../core/readiness/coverage-of.ts';
import type { ReadinessFacts } from '../core/readiness/readiness-facts.ts';
import type { ReadinessReport } from '../core/readiness/report-schema.ts';
import { known } from '../core/reading.ts';
import { formatRef, refKey } from '../core/task/identity.ts';
import type { GitHubClient } from '../github/client.ts';
import { type CommentedItem, loadWaiverComments } from '../github/load-waiver-comments.ts';

/** Waivers are looked for where something is in the way; beyond this many items the rest is not read, and said so. */
const MOST_ITEMS = 500;

/**
 * The facts with the waivers that stand in comments: on what is in the way as the facts are, and on the umbrella of the
 * scope. Nothing is read where nothing is in the way.
 */
export async function withWaiverComments(
  github: GitHubClient,
  facts: ReadinessFacts,
  { config, file }: { readonly config: Config; readonly file: SourceReading },
): Promise<ReadinessFacts> {
  const blocked = blockedItems(facts, buildReport(facts, config, { audience: 'viewer', policySource: '' }));
  if (blocked.length === 0) return facts;
  const { waivers, gaps } = await loadWaiverComments(github, blocked.slice(0, MOST_ITEMS), facts.scope.repository);
  const cut = blocked.length - MOST_ITEMS;
  const cutGap = { cause: 'truncated', what: `comments of ${cut} more items` } as const;
  const reading = { ...file, gaps: [...file.gaps, ...gaps, ...(cut > 0 ? [cutGap] : [])] };
  return {
    ...facts,
    waivers: facts.waivers.known ? known([...facts.waivers.value, ...waivers]) : facts.waivers,
    coverage: facts.coverage.map((one) => (one.source === file.source ? coverageOf(reading) : one)),
  };
}

/** The umbrella first, then the items of findings that block and that nothing sets aside yet, by urgency. */
function blockedItems({ scope, work }: ReadinessFacts, report: ReadinessReport): readonly CommentedItem[] {
  const blocking = new Set(report.criteria.flatMap(({ id, weight }) => (weight === 'blocking' ? [id] : [])));
  const inTheWay = report.findings.filter(
    ({ criterion, effect, waived_by }) => effect === 'fails' && waived_by === null && blocking.has(criterion),
  );
  if (inTheWay.length === 0) return [];
  const items = [...work.tasks.values(), ...work.pullRequests.values()];
  const byName = new Map(items.map((item) => [formatRef(item.ref), item]));
  const root = scope.umbrella === undefined ? undefined : work.tasks.get(refKey(scope.umbrella));
  const found = inTheWay.flatMap(({ item }) => byName.get(item?.ref ?? '') ?? []);
  return [...new Set([...(root === undefined ? [] : [root]), ...found])];
}

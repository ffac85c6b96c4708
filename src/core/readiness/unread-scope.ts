import { uniqueGaps } from '../umbrella/gaps.ts';
import type { DraftFinding, ReadinessView } from './criterion.ts';
import { unreadFinding } from './unread-finding.ts';

/** What is not known of the scope as a whole: there may be more in it, or more to it. Empty where it was read in full. */
export function unreadScope({ facts }: ReadinessView): readonly DraftFinding[] {
  const place = { item: null, names: [], repository: facts.scope.repository };
  const gaps = uniqueGaps(facts.work.gaps).filter(({ cause }) => cause !== 'not_supported');
  const tasks = [...facts.tasks].filter((key) => !facts.work.tasks.has(key));
  const pullRequests = [...facts.pullRequests].filter((key) => !facts.work.pullRequests.has(key));
  return [
    ...gaps.map((gap) => unreadFinding(gap, { ...place, kind: 'unread_scope' })),
    ...[...tasks, ...pullRequests]
      .sort()
      .map((what) => unreadFinding({ cause: 'unavailable', what }, { ...place, kind: 'unread_item' })),
  ];
}

import type { WorkSnapshot } from '../umbrella/snapshot.ts';

/**
 * By what was judged where a configuration may be there and could not be read; null where it was. A failure still counts
 * by the weights that are known, as unread waivers set nothing aside: a missing permission must not soften a verdict.
 */
export function unreadPolicy({ gaps, configText, ownerConfigText }: WorkSnapshot): string | null {
  if (!gaps.some(({ about, cause }) => about === 'configuration' && cause !== 'invalid')) return null;
  const isPartRead = configText !== null || ownerConfigText !== null;
  return isPartRead ? 'as much of the configuration as could be read' : 'the defaults';
}

import type { Gap, GapCause } from '../reading.ts';
import type { Ref, RepositoryRef } from '../task/identity.ts';
import { administrator, maintainer } from './actors.ts';
import type { DraftFinding } from './criterion.ts';
import type { Actor, ReportItemName } from './report-schema.ts';

interface UnreadPlace {
  /** `unread_checks`. */
  readonly kind: string;
  /** Null where the whole scope is meant. */
  readonly item: ReportItemName | null;
  readonly names: readonly Ref[];
  /** Where the permission is granted, if the gap does not say. */
  readonly repository: RepositoryRef;
}

/** What could not be read, as a finding: who can make it readable, and how. */
export function unreadFinding(gap: Gap, { kind, item, names, repository }: UnreadPlace): DraftFinding {
  const way = WAYS[gap.cause](gap, gap.repository ?? repository);
  return {
    kind,
    part: `${gap.what} ${gap.permission ?? ''}`,
    effect: 'unknown',
    item,
    names,
    why: `could not read ${gap.what}${gap.permission === undefined ? '' : `: needs ${gap.permission}`}`,
    actor: way.actor,
    action: { text: way.text, command: null, url: item?.url ?? null },
    evidence: [],
    ...(way.isMendable ? {} : { isMendable: false }),
  };
}

interface Way {
  readonly actor: Actor;
  readonly text: string;
  readonly isMendable: boolean;
}

const READER: Actor = { name: 'whoever makes this report', kind: 'role' };

const WAYS: Readonly<Record<GapCause, (gap: Gap, repository: RepositoryRef) => Way>> = {
  forbidden: ({ what, permission }, repository) => ({
    actor: administrator(repository),
    text: `let Parasol read ${what}${permission === undefined ? '' : ` (${permission})`}`,
    isMendable: true,
  }),
  rate_limited: () => ({ actor: READER, text: "ask again when GitHub's limit is reset", isMendable: true }),
  unavailable: () => ({ actor: READER, text: 'ask again when GitHub answers', isMendable: true }),
  invalid: ({ what }, repository) => ({ actor: maintainer(repository), text: `mend ${what}`, isMendable: true }),
  truncated: ({ what }, repository) => ({
    actor: maintainer(repository),
    text: `look at ${what} on GitHub: there is more than can be read`,
    isMendable: false,
  }),
  not_supported: ({ what }, repository) => ({
    actor: administrator(repository),
    text: `look at ${what} elsewhere: this server cannot tell`,
    isMendable: false,
  }),
};

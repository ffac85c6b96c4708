import type { Gap, GapCause } from '../reading.ts';
import { type Ref, type RepositoryRef, refKey, repositoryKey } from '../task/identity.ts';
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

export interface UnreadItem {
  readonly gap: Gap;
  readonly ref: Ref;
  readonly item: ReportItemName;
}

/** One finding for all that one permission, or one cause, withholds in one repository: a refusal meets every item there. */
export function unreadFindings(kind: string, unread: readonly UnreadItem[]): readonly DraftFinding[] {
  const groups = new Map<string, UnreadItem[]>();
  for (const one of unread) {
    const { cause, permission } = one.gap;
    const key = JSON.stringify([cause, permission, repositoryKey(one.gap.repository ?? one.ref)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups].flatMap(([key, [first, ...others]]) => {
    if (first === undefined) return [];
    const { gap, item, ref } = first;
    const names = [first, ...others].map((one) => one.ref);
    if (others.length === 0) return [unreadFinding(gap, { kind, item, names, repository: ref })];
    const all = { ...gap, what: `${gap.what} and ${others.length} more` };
    const isOne = names.every((name) => refKey(name) === refKey(ref));
    return [{ ...unreadFinding(all, { kind, item: isOne ? item : null, names, repository: ref }), part: key }];
  });
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
  no_clone: ({ help }) => ({
    actor: READER,
    text: help ?? 'give a clone that has it: parasol readiness report --repo PATH',
    isMendable: true,
  }),
  invalid: ({ what, help }, repository) => ({
    actor: maintainer(repository),
    text: help ?? `mend ${what}`,
    isMendable: true,
  }),
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

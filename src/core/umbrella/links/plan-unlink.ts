import type { LinkChange } from '../../change.ts';
import { formatRef, type Ref, refKey, sameRef } from '../../task/identity.ts';
import type { Refusal } from './check-link.ts';
import type { LinkEnd } from './link-end.ts';

export interface UnlinkVerdict {
  readonly child: Ref;
  readonly title: string;
  readonly outcome: 'unlink' | 'already' | 'refused';
  readonly refusal: Refusal | null;
}

interface UnlinkRequest {
  readonly umbrella: Ref;
  /** The umbrella's batches: what stands below one of them is the umbrella's own. */
  readonly batches: readonly Ref[];
  readonly children: readonly LinkEnd[];
}

/** Takes children out of an umbrella or its batches. One without a parent is out already; another's child is refused. */
export function planUnlink({ umbrella, batches, children }: UnlinkRequest): {
  readonly verdicts: readonly UnlinkVerdict[];
  readonly changes: readonly LinkChange[];
} {
  const once = [...new Map(children.map((child) => [refKey(child.ref), child])).values()];
  const judged = once.map((child) => judge(child, [umbrella, ...batches]));
  return { verdicts: judged.map(({ verdict }) => verdict), changes: judged.flatMap(({ change }) => change ?? []) };
}

function judge(
  child: LinkEnd,
  homes: readonly Ref[],
): { readonly verdict: UnlinkVerdict; readonly change: LinkChange | null } {
  const base = { child: child.ref, title: child.title };
  const parent = child.ancestors[0];
  if (parent === undefined) {
    const [umbrella = child.ref] = homes;
    const reason = `${formatRef(child.ref)} is no child of ${formatRef(umbrella)}`;
    return { verdict: { ...base, outcome: 'already', refusal: { reason, hint: '' } }, change: null };
  }
  if (homes.some((home) => sameRef(home, parent))) {
    const change: LinkChange = { kind: 'remove_sub_issue', parent, child: child.ref };
    return { verdict: { ...base, outcome: 'unlink', refusal: null }, change };
  }
  const refusal = {
    reason: `${formatRef(child.ref)} is a child of ${formatRef(parent)}`,
    hint: `parasol umbrella unlink ${formatRef(parent)} ${formatRef(child.ref)}`,
  };
  return { verdict: { ...base, outcome: 'refused', refusal }, change: null };
}

import type { LinkChange } from '../../change.ts';
import { UserError } from '../../failure.ts';
import { formatRef, type Ref, sameRef } from '../../task/identity.ts';

export type Place =
  | { readonly kind: 'first' }
  | { readonly kind: 'last' }
  | { readonly kind: 'after'; readonly sibling: Ref }
  | { readonly kind: 'before'; readonly sibling: Ref };

interface OrderRequest {
  readonly umbrella: Ref;
  readonly child: Ref;
  readonly place: Place;
  /** The umbrella itself and its batches, each with what stands directly below it, in GitHub's order. */
  readonly lists: readonly { readonly parent: Ref; readonly children: readonly Ref[] }[];
}

/**
 * The change that puts a child where it is wanted; null when it stands there. Children of a batch are ordered within it:
 * a neighbour in another one fails with `usage`, as does whatever is no child of the umbrella.
 */
export function planOrder({ umbrella, child, place, lists }: OrderRequest): LinkChange | null {
  const home = lists.find(({ children }) => children.some((one) => sameRef(one, child)));
  if (home === undefined) throw notBelow(child, umbrella);
  const others = home.children.filter((one) => !sameRef(one, child));
  const after = neighbourBefore(others, place, () => strange(place, umbrella, child, lists));
  const now = home.children.findIndex((one) => sameRef(one, child));
  const before = home.children[now - 1] ?? null;
  const isThere = before === null || after === null ? before === after : sameRef(before, after);
  return isThere ? null : { kind: 'place_sub_issue', parent: home.parent, child, after };
}

/** The one it then comes after; null for the first place. */
function neighbourBefore(others: readonly Ref[], place: Place, fail: () => UserError): Ref | null {
  if (place.kind === 'first') return null;
  if (place.kind === 'last') return others.at(-1) ?? null;
  const at = others.findIndex((one) => sameRef(one, place.sibling));
  if (at === -1) throw fail();
  return (place.kind === 'after' ? others[at] : others[at - 1]) ?? null;
}

function strange(place: Place, umbrella: Ref, child: Ref, lists: OrderRequest['lists']): UserError {
  const sibling = 'sibling' in place ? place.sibling : umbrella;
  if (sameRef(sibling, child)) {
    return new UserError('usage', `${formatRef(child)} cannot stand next to itself.`, 'Name another child.');
  }
  const isBelow = lists.some(({ children }) => children.some((one) => sameRef(one, sibling)));
  if (!isBelow) return notBelow(sibling, umbrella);
  return new UserError(
    'usage',
    `${formatRef(sibling)} and ${formatRef(child)} stand in different batches of ${formatRef(umbrella)}.`,
    'Children are ordered within their batch: GitHub keeps the order of one issue at a time.',
  );
}

const notBelow = (ref: Ref, umbrella: Ref): UserError =>
  new UserError(
    'usage',
    `${formatRef(ref)} is no child of ${formatRef(umbrella)}.`,
    `parasol umbrella show ${formatRef(umbrella)} lists its children.`,
  );

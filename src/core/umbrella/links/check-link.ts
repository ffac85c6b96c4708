import { formatRef, type Ref, sameRef } from '../../task/identity.ts';
import type { LinkEnd } from './link-end.ts';

/** Levels of sub-issues below the topmost issue: https://docs.github.com/en/issues/tracking-your-work-with-issues */
export const LEVELS = 8;

export interface Refusal {
  readonly reason: string;
  readonly hint: string;
}

export type LinkCheck =
  /** GitHub would take it. */
  | { readonly kind: 'fits' }
  /** It is so already. */
  | { readonly kind: 'already' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

interface LinkQuestion {
  readonly umbrella: LinkEnd;
  readonly child: LinkEnd;
  /** Takes the child from the parent that it has. */
  readonly moves: boolean;
  /** Batches of the umbrella: a child of one is a child of the umbrella already. */
  readonly batches: readonly Ref[];
}

/** Whether `child` may come under `umbrella`, by GitHub's rules, but with reasons that say what to do. */
export function checkLink({ umbrella, child, moves, batches }: LinkQuestion): LinkCheck {
  const [up, down] = [formatRef(umbrella.ref), formatRef(child.ref)];
  const parent = child.ancestors[0];
  if (umbrella.kind === 'pull_request') return noIssue(up, 'an umbrella');
  if (child.kind === 'pull_request') return noIssue(down, 'a child');
  if (sameRef(umbrella.ref, child.ref)) {
    return refuse(`${down} cannot be its own child`, 'Name another issue.');
  }
  if (umbrella.ref.owner.toLowerCase() !== child.ref.owner.toLowerCase()) {
    return refuse(
      `${down} belongs to another owner than ${up}`,
      `Transfer it to a repository of ${umbrella.ref.owner} first.`,
    );
  }
  if (parent !== undefined && [umbrella.ref, ...batches].some((one) => sameRef(one, parent))) {
    return { kind: 'already' };
  }
  if (umbrella.ancestors.some((above) => sameRef(above, child.ref))) {
    return refuse(
      `${down} stands above ${up}; it would be its own ancestor`,
      `Take ${up} out of what is above it first: parasol umbrella unlink.`,
    );
  }
  if (parent !== undefined && !moves) {
    return refuse(
      `${down} is a child of ${formatRef(parent)} already, and GitHub allows one parent`,
      `parasol umbrella move ${down} --to ${up}`,
    );
  }
  return checkDepth(umbrella, child);
}

/** The umbrella's batches add a level; those are judged where they are planned. */
function checkDepth(umbrella: LinkEnd, child: LinkEnd): LinkCheck {
  const [up, down] = [formatRef(umbrella.ref), formatRef(child.ref)];
  const depth = umbrella.ancestors.length + 1;
  if (depth + child.levelsBelow <= LEVELS) return { kind: 'fits' };
  const own = child.levelsBelow === 0 ? '' : ` with ${child.levelsBelow} more below it`;
  return refuse(
    `${down} would be on level ${depth}${own}, and GitHub allows ${LEVELS} levels`,
    `Link it to an issue above ${up}.`,
  );
}

const refuse = (reason: string, hint: string): LinkCheck => ({ kind: 'refused', refusal: { reason, hint } });

const noIssue = (name: string, as: string): LinkCheck =>
  refuse(`${name} is a pull request, which cannot be ${as}`, 'Name the issue that it belongs to.');

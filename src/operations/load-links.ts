import { UserError } from '../core/failure.ts';
import { formatRef, parseRef, type Ref, refKey } from '../core/task/identity.ts';
import type { Refusal } from '../core/umbrella/links/check-link.ts';
import type { LinkEnd } from '../core/umbrella/links/link-end.ts';
import { loadLinkEnds, loadUmbrellaLists, type UmbrellaLists } from '../github/load-link-ends.ts';
import { isAddress, resolveRef } from '../github/resolve-ref.ts';
import type { OperationContext } from './operation.ts';

/** What somebody named, and why nothing came of it. */
export interface Unfound extends Refusal {
  readonly text: string;
}

export interface NamedLinks extends UmbrellaLists {
  readonly umbrella: LinkEnd;
  readonly children: readonly LinkEnd[];
  readonly unfound: readonly Unfound[];
}

interface Names {
  readonly umbrella: string;
  readonly children: readonly string[];
  /** Whether the depth of what stands below the children matters. */
  readonly needsLevels: boolean;
}

type Context = Pick<OperationContext, 'github' | 'defaultRepository'>;

/**
 * An umbrella and the issues that are to come under it or out of it, by whatever they were named. Issues named by number
 * are read in one call; planned ids, and numbers that lead nowhere (an issue may have been transferred), are looked up.
 * Fails as `resolveRef` does for the umbrella; a child that is not found is reported and stops none of the others.
 */
export async function loadLinks(context: Context, names: Names): Promise<NamedLinks> {
  const { github, defaultRepository } = context;
  const above = await resolveRef(github, names.umbrella, { defaultRepository });
  const named = await Promise.all(names.children.map((text) => nameOf(context, text)));
  const refs = named.flatMap(({ ref }) => ref ?? []);
  const found = await loadLinkEnds(github, [above, ...refs], (n) => names.needsLevels && n > 0);
  const umbrella = found[0] ?? null;
  if (umbrella === null) throw gone(above);
  const ends = new Map(refs.map((ref, n) => [refKey(ref), found[n + 1] ?? null]));
  const settled: (LinkEnd | Unfound)[] = [];
  for (const { text, ref, unfound } of named) {
    const end = ref === null ? null : (ends.get(refKey(ref)) ?? null);
    settled.push(unfound ?? end ?? (await followed(context, text, names.needsLevels)));
  }
  return {
    umbrella,
    children: settled.filter((one): one is LinkEnd => !('text' in one)),
    unfound: settled.filter((one): one is Unfound => 'text' in one),
    ...(await loadUmbrellaLists(github, umbrella)),
  };
}

interface Named {
  readonly text: string;
  readonly ref: Ref | null;
  readonly unfound: Unfound | null;
}

async function nameOf({ github, defaultRepository }: Context, text: string): Promise<Named> {
  const address = parseRef(text, { defaultRepository, ids: [] });
  if (address !== null && 'number' in address && !isAddress(text)) return { text, ref: address, unfound: null };
  try {
    return { text, ref: await resolveRef(github, text, { defaultRepository }), unfound: null };
  } catch (error) {
    return { text, ref: null, unfound: asUnfound(error, text) };
  }
}

/** One that GraphQL does not find by its number: transferred, or not there. */
async function followed(context: Context, text: string, needsLevels: boolean): Promise<LinkEnd | Unfound> {
  const { github, defaultRepository } = context;
  try {
    const ref = await resolveRef(github, text, { defaultRepository });
    const [end] = await loadLinkEnds(github, [ref], () => needsLevels);
    if (end == null) throw gone(ref);
    return end;
  } catch (error) {
    return asUnfound(error, text);
  }
}

/** An outage is no answer about this one issue: it fails the whole command. */
function asUnfound(error: unknown, text: string): Unfound {
  if (error instanceof UserError && (error.code === 'usage' || error.code === 'not_found')) {
    return { text, reason: error.message.replace(/\.$/, ''), hint: error.hint };
  }
  throw error;
}

const gone = (ref: Ref): UserError =>
  new UserError(
    'not_found',
    `There is no issue ${formatRef(ref)}, or you may not see it.`,
    'Check the spelling, and that the token has access to this repository.',
  );

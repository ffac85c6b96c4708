import { UserError } from '../core/failure.ts';
import { type Ref, type RepositoryRef, refKey } from '../core/task/identity.ts';
import type { IssueRecord } from '../core/task/issue-record.ts';
import { ledgerLinks } from '../core/umbrella/lineage/ledger-links.ts';
import { loadItems } from '../store/plan-store.ts';
import type { OperationContext } from './operation.ts';
import { storeOf } from './store-of.ts';

interface Standing {
  readonly repository: RepositoryRef;
  readonly issues: readonly Pick<IssueRecord, 'ref' | 'parent'>[];
}

interface Withdrawn {
  readonly child: Ref;
  readonly parent: Ref;
}

/**
 * The parents that a plan gave to issues and that they do not have any more: the plan was undone, or a person unlinked
 * them. Empty where there is no store, or where it does not open: what texts state can be read without it.
 */
export async function withdrawnLinks(
  context: OperationContext,
  { repository, issues }: Standing,
): Promise<readonly Withdrawn[]> {
  if (context.isStoreOpen?.() !== true && context.hasStore?.() !== true) return [];
  try {
    const links = ledgerLinks(await loadItems(await storeOf(context), repository, ['done', 'undone']));
    const parents = new Map(issues.map(({ ref, parent }) => [refKey(ref), parent === null ? null : refKey(parent)]));
    return links
      .filter(({ kind, ref, to }) => kind === 'child' && parents.get(refKey(ref)) !== refKey(to))
      .map(({ ref, to }) => ({ child: ref, parent: to }));
  } catch (cause) {
    if (cause instanceof UserError) return [];
    throw cause;
  }
}

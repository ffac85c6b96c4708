import { type Ref, repositoryKey } from '../task/identity.ts';

/** By code unit, so that every machine sorts alike. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By repository, then by number. */
export function compareRefs(a: Ref, b: Ref): number {
  // Most are of one repository: thousands are sorted, and a key takes longer than all else.
  const isNear = a.owner === b.owner && a.repo === b.repo;
  return (isNear ? 0 : compareText(repositoryKey(a), repositoryKey(b))) || a.number - b.number;
}

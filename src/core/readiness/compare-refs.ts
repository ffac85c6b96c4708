import { type Ref, repositoryKey } from '../task/identity.ts';

/** By code unit, so that every machine sorts alike. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By repository, then by number. */
export const compareRefs = (a: Ref, b: Ref): number =>
  compareText(repositoryKey(a), repositoryKey(b)) || a.number - b.number;

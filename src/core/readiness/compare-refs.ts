import { type Ref, repositoryKey } from '../task/identity.ts';

/** By code unit, so that every machine sorts alike. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Of names that end in a number, such as `octo/harbor#12`: by what is before it, then by the number, so that #2 comes before #10. */
export function compareNames(a: string, b: string): number {
  const [[beforeA, numberA], [beforeB, numberB]] = [splitName(a), splitName(b)];
  return compareText(beforeA, beforeB) || numberA - numberB;
}

function splitName(name: string): readonly [before: string, number: number] {
  const at = name.lastIndexOf('#') + 1;
  const number = at > 0 ? Number(name.slice(at)) : Number.NaN;
  return Number.isInteger(number) ? [name.slice(0, at), number] : [name, 0];
}

/** By repository, then by number. */
export function compareRefs(a: Ref, b: Ref): number {
  // Most are of one repository: thousands are sorted, and a key takes longer than all else.
  const isNear = a.owner === b.owner && a.repo === b.repo;
  return (isNear ? 0 : compareText(repositoryKey(a), repositoryKey(b))) || a.number - b.number;
}

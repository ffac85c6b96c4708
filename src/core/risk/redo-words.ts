import { type BasedConflict, type Redo, redoAfter } from './redo-after.ts';

/** How the surface names changes: which characters are safe, and how many of them it shows. */
type NamesInWords = (names: readonly string[]) => string;

/** In a cell, `#11; likely #13`: estimates are told as such, and what is unlikely is counted at most. */
export function redoInCell({ sure, likely, anyOf }: Redo, inWords: NamesInWords): string {
  return [
    ...(sure.length > 0 ? [inWords(namesOf(sure))] : []),
    ...(likely.length > 0 ? [`likely ${inWords(namesOf(likely))}`] : []),
    ...(anyOf.length > 0 ? [`likely one of ${anyOf.length}`] : []),
  ].join('; ');
}

/** Behind the command of a merge: what is to be redone first, of a list that holds nothing but what is worth a word. */
export function redoInWords(redo: readonly BasedConflict[], inWords: NamesInWords): readonly string[] {
  const { sure, likely, anyOf } = redoAfter(redo, 1);
  return [
    ...(sure.length > 0 ? [`redo first: conflicts with ${inWords(namesOf(sure))}`] : []),
    ...(likely.length > 0 ? [`likely to redo first: estimated to conflict with ${inWords(namesOf(likely))}`] : []),
    ...(anyOf.length > 0 ? [`likely to redo first: estimated to conflict with one of ${anyOf.length} before it`] : []),
  ];
}

const namesOf = (conflicts: readonly BasedConflict[]): readonly string[] => conflicts.map(({ name }) => name);

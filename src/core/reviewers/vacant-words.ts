/**
 * Why somebody is named who is not asked for by the files: of these owners and configured capabilities there is nobody but the
 * authors, or nobody who can be asked. Null where there is none of them.
 */
export function vacantWords(vacant: readonly string[], capabilities: Readonly<Record<string, unknown>>): string | null {
  const tags = vacant.filter((tag) => Object.hasOwn(capabilities, tag));
  const owners = vacant.filter((tag) => !Object.hasOwn(capabilities, tag));
  const words = [
    ...(owners.length === 0 ? [] : [`of its owners nobody can be asked: ${owners.join(', ')}`]),
    ...(tags.length === 0 ? [] : [`nobody else here has ${tags.join(' or ')}`]),
  ];
  return words.length === 0 ? null : words.join('; ');
}

import { formatRef, type Ref, type RepositoryRef } from '../task/identity.ts';

/** Stands in a planned text for the number of the issue that an item makes: `#{create-api}`. */
export const numberOfItem = (id: string): string => `#{${id}}`;

const PLACEHOLDER = /#\{([a-z0-9][a-z0-9._-]{0,79})\}/gi;

/** The text with the numbers of the issues made so far; what names no such item stays as it is. */
export function fillMadeNumbers(text: string, made: ReadonlyMap<string, Ref>, repository: RepositoryRef): string {
  return text.replace(PLACEHOLDER, (whole, id: string) => {
    const ref = made.get(id);
    return ref === undefined ? whole : formatRef(ref, repository);
  });
}

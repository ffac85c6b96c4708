/** A name of our own data for people: `in_progress` is "in progress". */
export const inWords = (name: string): string => name.replaceAll('_', ' ');

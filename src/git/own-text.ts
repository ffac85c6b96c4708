/**
 * The same text in memory of its own. A piece of a text keeps the whole of it in memory for as long as it is kept: forty
 * letters of what git said, all of it.
 */
export const ownText = (text: string): string => Buffer.from(text).toString();

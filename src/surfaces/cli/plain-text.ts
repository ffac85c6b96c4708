// C0 and C1 controls (escape sequences among them), soft hyphens, zero-width and direction-changing characters.
const UNPRINTABLE = /[\p{Cc}\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/gu;

/** Text from GitHub as one line that cannot move the cursor, colour the terminal or change the reading direction. */
export const plainText = (text: string): string => text.replace(UNPRINTABLE, ' ').replace(/ {2,}/g, ' ').trim();

/** The same for text of several lines: line breaks and tabs stay, and so does the spacing. */
export const plainLines = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => line.replace(/(?!\t)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ''))
    .join('\n');

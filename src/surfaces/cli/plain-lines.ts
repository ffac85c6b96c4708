// C0 and C1 controls (escape sequences among them), marks that change the reading direction, and tags, which nobody sees.
// Zero-width spaces stay: in our own comments they keep names and numbers from being links.
const UNPRINTABLE = /(?!\t)[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu;

/** Text of several lines that cannot drive a terminal; line breaks, tabs and spacing stay. For one line: `visibleLine`. */
export const plainLines = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => line.replace(UNPRINTABLE, ''))
    .join('\n');

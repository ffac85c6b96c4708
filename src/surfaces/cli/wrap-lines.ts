import stringWidth from 'string-width';

/**
 * Each line broken at spaces so that none is wider than the view; what follows a break is indented two columns more than
 * its line. Lines that fit stay as they are, and so does a word that is wider than a line. Colours take no room.
 */
export function wrapLines(lines: readonly string[], width: number): readonly string[] {
  return lines.flatMap((line) => (stringWidth(line) <= width ? [line] : wrapLine(line, width)));
}

function wrapLine(line: string, width: number): readonly string[] {
  const indent = `${/^ */.exec(line)?.[0] ?? ''}  `;
  const words = [...line.matchAll(/( *)(\S+)/g)].map(([whole, , word = '']) => ({ whole, word }));
  const wrapped: string[] = [];
  let current = '';
  for (const { whole, word } of words) {
    if (current === '' || stringWidth(current + whole) <= width) current += whole;
    else {
      wrapped.push(current);
      current = indent + word;
    }
  }
  return [...wrapped, current];
}

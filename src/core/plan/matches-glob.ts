/** Whether `*` (any text, also none) and `?` (one character) of a pattern fit the whole text. Takes linear space and bounded time. */
export function matchesGlob(pattern: string, text: string): boolean {
  let star = -1;
  let resumeAt = 0;
  let at = 0;
  for (let position = 0; position < text.length; ) {
    if (pattern[at] === '*') {
      star = at;
      resumeAt = position;
      at += 1;
    } else if (pattern[at] === '?' || pattern[at] === text[position]) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      resumeAt += 1;
      position = resumeAt;
      at = star + 1;
    } else return false;
  }
  return [...pattern.slice(at)].every((rest) => rest === '*');
}

/** Lines of a text that another does not hold in the same order: none where it only puts charts between them. */
export function linesLeftOut(text: string, holder: string): readonly string[] {
  const held = holder.split('\n');
  let from = 0;
  return text.split('\n').filter((line) => {
    const at = held.indexOf(line, from);
    if (at >= 0) from = at + 1;
    return at < 0;
  });
}

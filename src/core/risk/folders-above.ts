/** The folders that a path lies in, from the top; never the root, which git holds for never renamed. */
export function foldersAbove(path: string): readonly string[] {
  const above: string[] = [];
  for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) above.push(path.slice(0, at));
  return above;
}

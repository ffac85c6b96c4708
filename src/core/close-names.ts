const MOST = 3;

/** Of names that there are, those that somebody may have meant, the closest first; at most three. */
export function closeNames(meant: string, names: readonly string[]): readonly string[] {
  const wanted = meant.toLowerCase();
  const far = Math.max(2, Math.floor(meant.length / 3));
  return names
    .map((name) => ({ name, steps: stepsBetween(wanted, name.toLowerCase()) }))
    .filter(({ name, steps }) => steps <= far || name.toLowerCase().includes(wanted))
    .toSorted((one, other) => one.steps - other.steps)
    .slice(0, MOST)
    .map(({ name }) => name);
}

/** Letters to add, drop or replace (Levenshtein 1966). */
function stepsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (let index = 0; index < other.length; index += 1) {
      const replaced = (row[index] ?? 0) + (letter === other[index] ? 0 : 1);
      next.push(Math.min(replaced, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

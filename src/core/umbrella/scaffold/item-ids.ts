/** Words of ids: ASCII letters, digits and dashes. */
export const slugOf = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');

/** Gives each asked id once; a second one like it gets a number. */
export function createItemIds(): (wanted: string) => string {
  const given = new Set<string>();
  return (wanted) => {
    let id = wanted;
    for (let n = 2; given.has(id); n += 1) id = `${wanted}-${n}`;
    given.add(id);
    return id;
  };
}

interface ShapeDifference {
  /** Paths of keys that only the other answer has. */
  readonly missing: readonly string[];
  /** Paths of keys that only ours has. */
  readonly extra: readonly string[];
}

/** The key paths of two JSON values against each other; below a null or an empty list on one side nothing counts. */
export function comparePaths(ours: unknown, theirs: unknown, ignored: readonly RegExp[] = []): ShapeDifference {
  const [mine, other] = [pathsOf(ours), pathsOf(theirs)];
  const counted = (paths: readonly string[]) => paths.filter((path) => !ignored.some((pattern) => pattern.test(path)));
  return { missing: counted(onlyIn(other, mine)), extra: counted(onlyIn(mine, other)) };
}

interface Paths {
  readonly keys: ReadonlySet<string>;
  /** Where the value ends: null, nothing inside a list or object, so that its structure is unknown. */
  readonly open: ReadonlySet<string>;
}

/** `user.login`, `labels[].name` …; a list shows what any of its entries has. */
function pathsOf(value: unknown): Paths {
  const keys = new Set<string>();
  const open = new Set<string>();
  walk(value, '', { keys, open });
  return { keys, open };
}

function walk(value: unknown, at: string, found: { keys: Set<string>; open: Set<string> }): void {
  if (value === null || (Array.isArray(value) && value.length === 0)) {
    found.open.add(at);
  } else if (Array.isArray(value)) {
    for (const entry of value) walk(entry, `${at}[]`, found);
  } else if (typeof value === 'object' && value !== undefined) {
    for (const [key, inner] of Object.entries(value)) {
      const path = at === '' ? key : `${at}.${key}`;
      found.keys.add(path);
      walk(inner, path, found);
    }
  }
}

function onlyIn(one: Paths, other: Paths): readonly string[] {
  const isBelowOpen = (path: string) =>
    [...other.open].some((at) => path.startsWith(`${at}.`) || path.startsWith(`${at}[`));
  const missing = [...one.keys].filter((path) => !other.keys.has(path) && !isBelowOpen(path));
  return missing
    .filter((path) => !missing.some((above) => path.startsWith(`${above}.`) || path.startsWith(`${above}[`)))
    .sort();
}

import { folderOf, type Resolution, type Resolver } from './resolution.ts';

/**
 * Modules of the repository: below its root, below `src`, and below every folder that holds a package and is none itself.
 * A name whose first part is in none of them comes from elsewhere.
 */
export function resolvePython(paths: ReadonlySet<string>): Resolver {
  const sources = [...paths].filter((path) => /\.pyi?$/.test(path));
  const roots = rootsOf(sources);
  const tops = new Set(roots.flatMap((root) => topsBelow(root, sources)));
  return ({ name, members }, importer) => {
    if (name === null) return 'unresolved';
    const [dots = ''] = /^\.*/.exec(name) ?? [];
    const parts = name
      .slice(dots.length)
      .split('.')
      .filter((part) => part !== '');
    const places = dots === '' ? roots : [above(folderOf(importer), dots.length - 1)];
    const found = places.flatMap((place) => (place === null ? [] : filesOf(place, parts, members ?? [], paths)));
    if (found.length > 0) return [...new Set(found)];
    return dots === '' && !tops.has(parts[0] ?? '') ? 'external' : ('unresolved' satisfies Resolution);
  };
}

function rootsOf(sources: readonly string[]): readonly string[] {
  const packages = new Set(sources.filter((path) => /(?:^|\/)__init__\.pyi?$/.test(path)).map(folderOf));
  const outer = [...packages].filter((folder) => !packages.has(folderOf(folder))).map(folderOf);
  return [...new Set(['', 'src', ...outer])];
}

/** Names of modules and packages right below a root; any folder with sources may be a package. */
function topsBelow(root: string, sources: readonly string[]): readonly string[] {
  const prefix = root === '' ? '' : `${root}/`;
  return sources
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length).split('/')[0] ?? '')
    .map((top) => top.replace(/\.pyi?$/, ''));
}

function above(folder: string, levels: number): string | null {
  let at: string = folder;
  for (let level = 0; level < levels; level += 1) {
    if (at === '') return null;
    at = folderOf(at);
  }
  return at;
}

/** The module itself, and those of its members that are modules. */
function filesOf(
  place: string,
  parts: readonly string[],
  members: readonly string[],
  paths: ReadonlySet<string>,
): readonly string[] {
  const module = [...(place === '' ? [] : [place]), ...parts].join('/');
  const prefix = module === '' ? '' : `${module}/`;
  const inner = members.flatMap((member) => moduleAt(`${prefix}${member}`, paths));
  const own = module === '' ? [] : moduleAt(module, paths);
  return [...own, ...inner];
}

function moduleAt(module: string, paths: ReadonlySet<string>): readonly string[] {
  const found = ['.py', '/__init__.py', '.pyi', '/__init__.pyi'].find((end) => paths.has(`${module}${end}`));
  return found === undefined ? [] : [`${module}${found}`];
}

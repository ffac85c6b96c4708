import { folderOf, joinPath, type Resolution, type Resolver } from './resolution.ts';

type Paths = ReadonlySet<string>;

/** `"a.h"`: beside the file, at the root, below an `include` folder, or the one file whose path ends so; `<a.h>` alike, but a system's when not found. */
export function resolveC(paths: Paths): Resolver {
  const bySuffix = suffixIndex(paths);
  return ({ name }, importer) => {
    if (name === null) return 'unresolved';
    const isSystem = name.startsWith('<');
    const inner = name.slice(1, -1);
    const beside = isSystem ? null : joinPath(folderOf(importer), inner);
    const places = [beside, inner, `include/${inner}`, `src/${inner}`];
    const found = places.find((path) => path !== null && paths.has(path)) ?? bySuffix(inner);
    if (found === 'many') return 'unresolved';
    return found == null ? (isSystem ? 'external' : 'unresolved') : [found];
  };
}

/** A package is a folder: all of its files but tests. Names begin with the path of a module in some `go.mod`. */
export function resolveGo(paths: Paths, modules: ReadonlyMap<string, string>): Resolver {
  const byFolder = groupBy(
    [...paths].filter((path) => path.endsWith('.go') && !path.endsWith('_test.go')),
    folderOf,
  );
  const ordered = [...modules].toSorted(([one], [other]) => other.length - one.length);
  return ({ name }) => {
    if (name === null) return 'unresolved';
    const own = ordered.find(([module]) => name === module || name.startsWith(`${module}/`));
    if (own === undefined) return 'external';
    const [module, folder] = own;
    return orUnresolved(byFolder.get(joinPath(folder, name.slice(module.length)) ?? ''));
  };
}

/** `module example.com/x` of every `go.mod`: module to folder. */
export function goModules(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const modules = new Map<string, string>();
  for (const [path, text] of texts) {
    const name = /^[ \t]*module[ \t]+"?([^\s"]+)/m.exec(text)?.[1];
    if (name !== undefined) modules.set(name, folderOf(path));
  }
  return modules;
}

/** `a.b.C` is the one file that ends in `a/b/C.java`; of an inner class the outer one's. */
export function resolveJava(paths: Paths): Resolver {
  const sources = new Set([...paths].filter((path) => path.endsWith('.java')));
  const bySuffix = suffixIndex(sources);
  const folders = groupBy(sources, folderOf);
  const packages = suffixIndex(new Set(folders.keys()));
  return ({ name }) => {
    if (name === null) return 'unresolved';
    const parts = name.split('.');
    if (parts.at(-1) === '*') {
      const folder = packages(parts.slice(0, -1).join('/'));
      if (folder === 'many') return 'unresolved';
      if (folder !== null) return orUnresolved(folders.get(folder));
      parts.pop();
    }
    for (let length = parts.length; length >= 2; length -= 1) {
      const found = bySuffix(`${parts.slice(0, length).join('/')}.java`);
      if (found === 'many') return 'unresolved';
      if (found !== null) return [found];
    }
    return 'external';
  };
}

/** `require_relative` beside the file; `require` below a `lib` folder or at the root, else a gem. */
export function resolveRuby(paths: Paths): Resolver {
  const roots = [...new Set([...paths].flatMap((path) => /^(?:.*\/)?lib(?=\/)/.exec(path)?.[0] ?? []))];
  return ({ name }, importer) => {
    if (name === null) return 'unresolved';
    const isRelative = name.startsWith('.');
    const places = isRelative ? [folderOf(importer)] : ['', ...roots];
    const found = places
      .flatMap((folder) => [joinPath(folder, name), joinPath(folder, `${name}.rb`)])
      .find((path) => path !== null && paths.has(path));
    if (found != null) return [found];
    return isRelative ? 'unresolved' : 'external';
  };
}

const orUnresolved = (found: readonly string[] | undefined): Resolution =>
  found === undefined || found.length === 0 ? 'unresolved' : found;

/** The one path that is this or ends in it after a slash; `many` when there are several: nobody guesses. */
function suffixIndex(paths: Paths): (suffix: string) => string | 'many' | null {
  const byName = groupBy(paths, nameOf);
  return (suffix) => {
    const fitting = (byName.get(nameOf(suffix)) ?? []).filter((path) => path === suffix || path.endsWith(`/${suffix}`));
    if (fitting.length > 1) return 'many';
    return fitting[0] ?? null;
  };
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function groupBy(paths: Iterable<string>, keyOf: (path: string) => string): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const group = groups.get(keyOf(path));
    if (group === undefined) groups.set(keyOf(path), [path]);
    else group.push(path);
  }
  return groups;
}

import type { ImportedName } from './imported-name.ts';
import { folderOf, joinPath, type Resolver } from './resolution.ts';

/** Whether it is a `mod x;`, which says where a module lies and not that anything uses it. */
export const declaresModule = ({ name }: ImportedName): boolean => name?.startsWith(MODULE) ?? false;

const MODULE = 'mod:';

/** `mod x;` by the rules of the language; paths by `crate`, `self`, `super` and the names of the repository's crates. */
export function resolveRust(paths: ReadonlySet<string>, manifests: ReadonlyMap<string, string>): Resolver {
  const crates = cratesOf(manifests);
  return ({ name }, importer) => {
    if (name === null) return 'unresolved';
    const own = moduleFolder(importer);
    if (name.startsWith(MODULE)) {
      const found = moduleFile(joinPath(own, name.slice(MODULE.length)), paths);
      return found === null ? 'unresolved' : [found];
    }
    const [first = '', ...rest] = name.split('::');
    const start = startOf(first, { own, crate: crateFolder(importer, crates), crates });
    if (start === null) return 'external';
    const found = longest(start.folder, start.isSuper ? name.split('::') : rest, paths);
    return found === null || found === importer ? [] : [found];
  };
}

interface Surroundings {
  /** Where the modules below the importing one lie. */
  readonly own: string;
  /** `src` of the crate that the importing file is in. */
  readonly crate: string;
  /** Crate name to its `src`. */
  readonly crates: ReadonlyMap<string, string>;
}

interface Start {
  readonly folder: string;
  /** `super` is followed part by part. */
  readonly isSuper: boolean;
}

function startOf(first: string, { own, crate, crates }: Surroundings): Start | null {
  if (first === 'crate') return { folder: crate, isSuper: false };
  if (first === 'self') return { folder: own, isSuper: false };
  if (first === 'super') return { folder: own, isSuper: true };
  const other = crates.get(first);
  return other === undefined ? null : { folder: other, isSuper: false };
}

/** The file of the longest beginning of the path that is a module: its end names something inside. */
function longest(folder: string, parts: readonly string[], paths: ReadonlySet<string>): string | null {
  const supers = parts.findIndex((part) => part !== 'super');
  const levels = supers === -1 ? parts.length : supers;
  let start: string | null = folder;
  for (let level = 0; level < levels && start !== null; level += 1) start = start === '' ? null : folderOf(start);
  if (start === null) return null;
  const names = parts.slice(levels);
  for (let length = names.length; length > 0; length -= 1) {
    const found = moduleFile(joinPath(start, names.slice(0, length).join('/')), paths);
    if (found !== null) return found;
  }
  return (
    [`${start}/lib.rs`, `${start}/main.rs`, `${start}/mod.rs`, `${start}.rs`].find((path) => paths.has(path)) ?? null
  );
}

function moduleFile(module: string | null, paths: ReadonlySet<string>): string | null {
  if (module === null) return null;
  return [`${module}.rs`, `${module}/mod.rs`].find((path) => paths.has(path)) ?? null;
}

/** Modules below `src/a.rs` lie in `src/a`; below `lib.rs`, `main.rs` and `mod.rs` beside it. */
function moduleFolder(path: string): string {
  return /(?:^|\/)(?:lib|main|mod)\.rs$/.test(path) ? folderOf(path) : path.replace(/\.rs$/, '');
}

function crateFolder(path: string, crates: ReadonlyMap<string, string>): string {
  const containing = [...crates.values()].filter((folder) => path.startsWith(folder === '' ? '' : `${folder}/`));
  return containing.toSorted((one, other) => other.length - one.length)[0] ?? folderOf(path);
}

/** Names as sources write them, with `_` for `-`. */
function cratesOf(manifests: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const crates = new Map<string, string>();
  for (const [path, text] of manifests) {
    const section = /^\[package\]\s*$([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(text)?.[1] ?? '';
    const name = /^\s*name\s*=\s*"([\w-]+)"/m.exec(section)?.[1];
    const source = joinPath(folderOf(path), 'src');
    if (name !== undefined && source !== null) crates.set(name.replaceAll('-', '_'), source);
  }
  return crates;
}

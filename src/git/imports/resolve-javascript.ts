import { isBuiltin } from 'node:module';
import enhancedResolve, { type FileSystem } from 'enhanced-resolve';
import { folderOf, joinPath, type Resolver } from './resolution.ts';
import { treeFileSystem } from './tree-file-system.ts';

interface JavaScriptFiles {
  readonly paths: ReadonlySet<string>;
  /** Texts of manifests and configurations, by path. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Resolves as bundlers and TypeScript do: extensions, index files, `exports`, `paths` of the nearest `tsconfig.json`, and
 * the repository's own packages by name. A name that is none of them is a package from elsewhere.
 */
export function resolveJavaScript({ paths, texts }: JavaScriptFiles): Resolver {
  const packages = packagesOf(texts);
  const fileSystem = treeFileSystem({ paths, texts, packages });
  const resolvers = new Map<string | null, Resolve>();
  const resolverWith = (configFile: string | null): Resolve => {
    const found = resolvers.get(configFile) ?? openResolver(fileSystem, configFile);
    resolvers.set(configFile, found);
    return found;
  };
  const known = new Map<string, string | null>();
  const find = (folder: string, name: string): string | null => {
    const key = `${folder}\0${name}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    // `paths` never apply to a relative name, and a broken configuration must not hide what stands beside the file.
    const configFile = name.startsWith('.') ? null : nearestConfig(folder, texts);
    const path =
      fileBeside(folder, name, paths) ??
      resolverWith(configFile)(folder, name) ??
      (configFile === null ? null : resolverWith(null)(folder, name));
    known.set(key, path);
    return path;
  };
  return ({ name }, importer) => {
    if (name === null) return 'unresolved';
    const path = find(folderOf(importer), name.replace(/[?#].*$/s, ''));
    if (path !== null) return paths.has(path) ? [path] : 'unresolved';
    return isOwn(name, packages) ? 'unresolved' : 'external';
  };
}

const ALIASES: Readonly<Record<string, string[]>> = {
  '.js': ['.ts', '.tsx', '.d.ts', '.js', '.jsx'],
  '.jsx': ['.tsx', '.jsx'],
  '.mjs': ['.mts', '.d.mts', '.mjs'],
  '.cjs': ['.cts', '.d.cts', '.cjs'],
};

/** Sources before what is built of them: a build is not in the repository. */
const OPTIONS = {
  extensions: ['.ts', '.tsx', '.mts', '.cts', '.d.ts', '.js', '.jsx', '.mjs', '.cjs', '.json'],
  extensionAlias: ALIASES,
  conditionNames: ['source', 'types', 'import', 'require', 'node', 'default'],
  mainFields: ['source', 'types', 'typings', 'module', 'main'],
  useSyncFileSystemCalls: true,
} as const satisfies Partial<Parameters<typeof enhancedResolve.ResolverFactory.createResolver>[0]>;

type Resolve = (folder: string, name: string) => string | null;

/** Null where a name leads nowhere, and where the manifest or the configuration on the way is broken. */
function openResolver(fileSystem: FileSystem, configFile: string | null): Resolve {
  const config = configFile === null ? {} : { tsconfig: { configFile: `/${configFile}` } };
  const resolver = enhancedResolve.ResolverFactory.createResolver({ ...OPTIONS, fileSystem, ...config });
  return (folder, name) => {
    try {
      const path = resolver.resolveSync({}, `/${folder}`, name);
      return path === false ? null : path.replace(/[?#].*$/s, '').slice(1);
    } catch {
      return null;
    }
  };
}

/** What most relative names are: a file as it is written, with an extension to add or to exchange. Null for folders. */
function fileBeside(folder: string, name: string, paths: ReadonlySet<string>): string | null {
  if (!name.startsWith('.')) return null;
  const path = joinPath(folder, name);
  if (path === null) return null;
  const [extension = ''] = /\.[cm]?jsx?$/.exec(path) ?? [];
  const stem = path.slice(0, path.length - extension.length);
  const exchanged = (Object.hasOwn(ALIASES, extension) ? (ALIASES[extension] ?? []) : []).map((end) => `${stem}${end}`);
  const added = OPTIONS.extensions.map((end) => `${path}${end}`);
  return [...exchanged, path, ...added].find((one) => paths.has(one)) ?? null;
}

/** Whether it must lead to a file of the repository: by a path, by `#imports`, or by the name of one of its packages. */
function isOwn(name: string, packages: ReadonlyMap<string, string>): boolean {
  if (/^[./#]/.test(name)) return true;
  if (isBuiltin(name)) return false;
  const [first = '', second = ''] = name.split('/');
  return packages.has(first.startsWith('@') ? `${first}/${second}` : first);
}

function packagesOf(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const packages = new Map<string, string>();
  for (const [path, text] of texts) {
    if (!/(?:^|\/)package\.json$/.test(path)) continue;
    const name = packageName(text);
    if (name !== null && !packages.has(name)) packages.set(name, folderOf(path));
  }
  return packages;
}

function packageName(text: string): string | null {
  try {
    const manifest: unknown = JSON.parse(text);
    const name = typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, 'name') : null;
    return typeof name === 'string' && /^(?:@[\w.~-]+\/)?[\w.~-]+$/.test(name) ? name : null;
  } catch {
    return null;
  }
}

/** The `tsconfig.json` or `jsconfig.json` that stands nearest above a folder. */
function nearestConfig(folder: string, texts: ReadonlyMap<string, string>): string | null {
  for (let at = folder; ; at = folderOf(at)) {
    const prefix = at === '' ? '' : `${at}/`;
    const found = [`${prefix}tsconfig.json`, `${prefix}jsconfig.json`].find((path) => texts.has(path));
    if (found !== undefined) return found;
    if (at === '') return null;
  }
}

import type { FileSystem } from 'enhanced-resolve';
import { folderOf } from './resolution.ts';

interface TreeFiles {
  readonly paths: Iterable<string>;
  /** Texts of the manifests and configurations that a resolution reads, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Folders of packages of the repository, by package name: they show as links in `/node_modules`, as workspaces do. */
  readonly packages: ReadonlyMap<string, string>;
}

type Callback<T> = (error: NodeJS.ErrnoException | null, result?: T) => void;

/** The files of a commit as the file system that a resolver looks into, with the root `/`. Nothing of the disk shows. */
export function treeFileSystem({ paths, texts, packages }: TreeFiles): FileSystem {
  const files = new Set<string>();
  const folders = new Set<string>(['/', '/node_modules']);
  for (const path of paths) {
    files.add(`/${path}`);
    addFolders(folders, `/${folderOf(path)}`);
  }
  const links = new Map([...packages].map(([name, folder]) => [`/node_modules/${name}`, `/${folder}`]));
  for (const link of links.keys()) addFolders(folders, link.slice(0, link.lastIndexOf('/')));

  const statOf = (path: string) => {
    const target = followLink(path, links);
    if (!files.has(target) && !folders.has(target)) throw MISSING;
    return { isFile: () => files.has(target), isDirectory: () => folders.has(target) };
  };
  const textOf = (path: string): Buffer => {
    const text = texts.get(followLink(path, links).slice(1));
    if (text === undefined) throw MISSING;
    return Buffer.from(text);
  };
  const linkOf = (path: string): string => {
    const target = links.get(path);
    if (target === undefined) throw NO_LINK;
    return target;
  };
  return {
    stat: answering(statOf),
    statSync: statOf,
    readFile: answering(textOf),
    readFileSync: textOf,
    readlink: answering(linkOf),
    readlinkSync: linkOf,
  } as unknown as FileSystem;
}

/** The resolver calls everything with a path, perhaps options, and a callback. */
const answering =
  <T>(find: (path: string) => T) =>
  (path: string, ...rest: readonly unknown[]): void => {
    const callback = rest.at(-1) as Callback<T>;
    let found: T;
    try {
      found = find(path);
    } catch (error) {
      callback(error as NodeJS.ErrnoException);
      return;
    }
    callback(null, found);
  };

function followLink(path: string, links: ReadonlyMap<string, string>): string {
  if (!path.startsWith('/node_modules/')) return path;
  const [, , first = '', second = '', ...rest] = path.split('/');
  const [name, inside] = first.startsWith('@') ? [`${first}/${second}`, rest] : [first, [second, ...rest]];
  const folder = links.get(`/node_modules/${name}`);
  return folder === undefined ? path : [folder, ...inside].filter((part) => part !== '').join('/');
}

function addFolders(folders: Set<string>, folder: string): void {
  for (let at = folder; at !== '' && !folders.has(at); at = at.slice(0, at.lastIndexOf('/'))) folders.add(at);
}

/** Made once: a resolution asks for many files that are not there, and a stack trace takes longer than the answer. */
const MISSING: NodeJS.ErrnoException = Object.assign(new Error('there is no such file'), { code: 'ENOENT' });
const NO_LINK: NodeJS.ErrnoException = Object.assign(new Error('it is no link'), { code: 'EINVAL' });

import { createHash } from 'node:crypto';

/**
 * Blobs, trees and commits by the ids that git gives them, so that a history can be written out as a real repository.
 * Texts and plain records, because copies of a world are made by `structuredClone`; a fork shares those of its source.
 */
export interface GitObjects {
  readonly blobs: Map<string, string>;
  readonly trees: Map<string, readonly TreeEntry[]>;
  readonly commits: Map<string, GitCommit>;
}

export interface TreeEntry {
  readonly name: string;
  readonly type: 'blob' | 'tree';
  readonly id: string;
}

export interface GitCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  /** The object as git keeps it. */
  readonly text: string;
}

/** The tree without entries. */
export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

export function createGitObjects(): GitObjects {
  return { blobs: new Map(), trees: new Map([[EMPTY_TREE, []]]), commits: new Map() };
}

/** The id that git gives an object: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
export function gitIdOf(type: 'blob' | 'tree' | 'commit', body: string | Buffer): string {
  return createHash('sha1')
    .update(`${type} ${Buffer.byteLength(body)}\0`)
    .update(body)
    .digest('hex');
}

export function writeBlob({ blobs }: GitObjects, text: string): string {
  const id = gitIdOf('blob', text);
  blobs.set(id, text);
  return id;
}

export function writeTree({ trees }: GitObjects, entries: readonly TreeEntry[]): string {
  const sorted = [...entries].sort((one, other) => Buffer.compare(sortKey(one), sortKey(other)));
  const id = gitIdOf('tree', encodeTree(sorted));
  trees.set(id, sorted);
  return id;
}

/** git sorts a folder as if its name ended in a slash. */
const sortKey = ({ name, type }: TreeEntry): Buffer => Buffer.from(type === 'tree' ? `${name}/` : name);

/** A tree as git keeps it: mode, name and id of each entry. */
export function encodeTree(entries: readonly TreeEntry[]): Buffer {
  return Buffer.concat(
    entries.flatMap(({ name, type, id }) => [
      Buffer.from(`${type === 'tree' ? '40000' : '100644'} ${name}\0`),
      Buffer.from(id, 'hex'),
    ]),
  );
}

export interface CommitWords {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly person: { readonly name: string; readonly email: string };
  /** UTC ISO-8601; git keeps whole seconds. */
  readonly at: string;
  readonly message: string;
}

/**
 * Writes a commit and tells its id. What `isTaken` already names is another commit with the very same words; git knows only
 * one such, so the later one gets a header that nobody reads.
 */
export function writeCommit(objects: GitObjects, words: CommitWords, isTaken: (id: string) => boolean): string {
  const { tree, parents } = words;
  for (let copy = 1; ; copy += 1) {
    const text = commitText(words, copy);
    const id = gitIdOf('commit', text);
    if (isTaken(id)) continue;
    objects.commits.set(id, { tree, parents, text });
    return id;
  }
}

function commitText({ tree, parents, person, at, message }: CommitWords, copy: number): string {
  const clean = (text: string) => text.replaceAll(/[<>\n\0]/g, '').trim() || 'nobody';
  const signature = `${clean(person.name)} <${clean(person.email)}> ${Math.floor(Date.parse(at) / 1000)} +0000`;
  const headers = [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${signature}`,
    `committer ${signature}`,
    ...(copy === 1 ? [] : [`copy ${copy}`]),
  ];
  return `${headers.join('\n')}\n\n${message.replaceAll('\0', '').replace(/\n*$/, '\n')}`;
}

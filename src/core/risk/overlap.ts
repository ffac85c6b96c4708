import { contactOf, type HunkContact } from './hunk-contact.ts';
import type { TouchedFile } from './touched-file.ts';

/** How two changes of one path meet; but for `content` and `unseen` in the words of git's merge. */
export type MeetingKind =
  | 'content'
  /** Both change it, and at least one side's lines are not shown. */
  | 'unseen'
  | 'add/add'
  | 'modify/delete'
  | 'rename/delete'
  | 'rename/rename'
  | 'file/directory'
  /** One adds a file to a directory that the other renames. */
  | 'file location'
  /** One puts a file where the other changes one: they see different trees. */
  | 'add/modify'
  /** Both do the same: they delete it. */
  | 'harmless';

export interface FileMeeting {
  readonly path: string;
  readonly kind: MeetingKind;
  /** Of `content`, and of `add/add` where the lines of both are shown. */
  readonly contact: HunkContact | null;
}

/** The paths that one change touches, looked up by old and new name; built once per change. */
export interface PathIndex {
  readonly byPath: ReadonlyMap<string, readonly TouchedFile[]>;
  /** Files under names that they did not have before. */
  readonly arrivals: ReadonlyMap<string, TouchedFile>;
  /** Directories that arrivals lie in, at any depth. */
  readonly neededDirectories: ReadonlySet<string>;
  /** Directories that files were renamed away from. */
  readonly leftDirectories: ReadonlySet<string>;
}

export function indexPaths(files: readonly TouchedFile[]): PathIndex {
  const byPath = new Map<string, TouchedFile[]>();
  for (const file of files) {
    for (const path of new Set([file.path, file.oldPath ?? file.path])) {
      const known = byPath.get(path);
      if (known === undefined) byPath.set(path, [file]);
      else known.push(file);
    }
  }
  const arrivals = files.filter(isArrival);
  return {
    byPath,
    arrivals: new Map(arrivals.map((file) => [file.path, file])),
    neededDirectories: new Set(arrivals.flatMap(({ path }) => directoriesAbove(path))),
    leftDirectories: new Set(arrivals.flatMap(leftDirectory)),
  };
}

const isArrival = ({ status }: TouchedFile): boolean =>
  status === 'added' || status === 'copied' || status === 'renamed';

function directoriesAbove(path: string): readonly string[] {
  const above: string[] = [];
  for (let parent = directoryOf(path); parent !== ''; parent = directoryOf(parent)) above.push(parent);
  return above;
}

function leftDirectory({ status, path, oldPath }: TouchedFile): readonly string[] {
  const isMoved = status === 'renamed' && oldPath !== undefined && directoryOf(oldPath) !== directoryOf(path);
  return isMoved ? [directoryOf(oldPath)] : [];
}

const directoryOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/**
 * Every path where two changes meet, each once, by name. Changes that meet nowhere cannot conflict. The hunks of both
 * should stand on the same lines: `shiftHunks`.
 */
export function meetingsOf(ours: PathIndex, theirs: PathIndex): readonly FileMeeting[] {
  const found = new Map<string, FileMeeting>();
  const [few, many] = ours.byPath.size <= theirs.byPath.size ? [ours, theirs] : [theirs, ours];
  for (const [path, files] of few.byPath) {
    for (const file of files) {
      for (const other of many.byPath.get(path) ?? []) keepWorse(found, meetingAt(path, file, other));
    }
  }
  for (const meeting of [...namesInTheWay(ours, theirs), ...namesInTheWay(theirs, ours)]) keepWorse(found, meeting);
  return [...found.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** A rename meets under both of its names; what could conflict counts. */
function keepWorse(found: Map<string, FileMeeting>, meeting: FileMeeting): void {
  const known = found.get(meeting.path);
  if (known === undefined || known.kind === 'harmless') found.set(meeting.path, meeting);
}

function meetingAt(path: string, one: TouchedFile, other: TouchedFile): FileMeeting {
  const kind = kindOfMeeting(one, other);
  const hasLines = kind === 'content' || kind === 'add/add';
  const contact = hasLines && one.hunks !== null && other.hunks !== null ? contactOf(one.hunks, other.hunks) : null;
  return { path, kind, contact };
}

/** Where a file lay in the merge base; null for one that was not there. */
const basePathOf = ({ status, path, oldPath }: TouchedFile): string | null => {
  if (status === 'added' || status === 'copied') return null;
  return status === 'renamed' ? (oldPath ?? path) : path;
};

function kindOfMeeting(one: TouchedFile, other: TouchedFile): MeetingKind {
  const base = basePathOf(one);
  if (base === null || base !== basePathOf(other)) return kindOfArrival(one, other);
  if (one.status === 'deleted' || other.status === 'deleted') return kindOfDeletion(one, other);
  if (one.status === 'renamed' && other.status === 'renamed' && one.path !== other.path) return 'rename/rename';
  return one.hunks === null || other.hunks === null ? 'unseen' : 'content';
}

function kindOfDeletion(one: TouchedFile, other: TouchedFile): MeetingKind {
  if (one.status === other.status) return 'harmless';
  return one.status === 'renamed' || other.status === 'renamed' ? 'rename/delete' : 'modify/delete';
}

const kindOfArrival = (one: TouchedFile, other: TouchedFile): MeetingKind =>
  one.path === other.path && isArrival(one) && isArrival(other) ? 'add/add' : 'add/modify';

/** Files that `arriving` puts where `standing` makes a file of their directory, or into a directory that it renames. */
function namesInTheWay(standing: PathIndex, arriving: PathIndex): readonly FileMeeting[] {
  const blocked = commonKeys(standing.arrivals, arriving.neededDirectories);
  const misled =
    standing.leftDirectories.size === 0
      ? []
      : [...arriving.arrivals.values()].filter(
          ({ path, status }) => status === 'added' && standing.leftDirectories.has(directoryOf(path)),
        );
  return [
    ...blocked.map((path): FileMeeting => ({ path, kind: 'file/directory', contact: null })),
    ...misled.map(({ path }): FileMeeting => ({ path, kind: 'file location', contact: null })),
  ];
}

function commonKeys(files: ReadonlyMap<string, unknown>, directories: ReadonlySet<string>): readonly string[] {
  return files.size <= directories.size
    ? [...files.keys()].filter((path) => directories.has(path))
    : [...directories].filter((path) => files.has(path));
}

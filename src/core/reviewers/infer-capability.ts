import { coversPath } from '../covers-path.ts';
import { type CodeOwners, ruleFor } from './parse-code-owners.ts';
import { loginKey } from './past-change.ts';

/** Who changed or reviewed files of a tag so often within a year has it. Chosen, not measured. */
const FEWEST_TOUCHES = 3;

/** What capability is read from. Logins and teams as keys are in lower case. */
export interface CapabilitySources {
  /** Tag to the globs of the files that ask for it, as configured. */
  readonly globs: Readonly<Record<string, readonly string[]>>;
  /** Tags of a person, as configured. */
  readonly configured: ReadonlyMap<string, readonly string[]>;
  readonly codeOwners: CodeOwners | null;
  /** Logins by `org/team`; a team that is not there could not be read. */
  readonly teams: ReadonlyMap<string, readonly string[]>;
  /** Changes of the last year: their files, and everyone who wrote or reviewed them. */
  readonly touches: readonly TouchedPaths[];
}

export interface TouchedPaths {
  readonly paths: readonly string[];
  readonly logins: readonly string[];
}

export interface CapabilityModel {
  /** Tags that a change of these files asks for, sorted. */
  readonly needsOf: (paths: readonly string[]) => readonly string[];
  /** Every tag that somebody has, sorted. */
  readonly capabilityOf: (login: string) => readonly string[];
}

/**
 * Who can review what. Two kinds of tags: configured ones, by the globs that a file fits; and for files that fit none, those
 * who own them in CODEOWNERS, named after them (`octo/database`, `kim or ravi`), any one of whom is enough.
 *
 * A tag of owners is had by them and by the members of their teams. A configured tag is had by whom the configuration gives it
 * to, and by nobody else; where it gives it to nobody, by who owns a file of its globs that was touched of late, and by who changed or reviewed such files three times within the
 * year. The last also stand in for the owners where a team could not be read. Addresses of mail are nobody: GitHub alone knows whose.
 */
export function inferCapability(sources: CapabilitySources): CapabilityModel {
  const read = pathReader(sources);
  const holders = new Map<string, Set<string>>();
  const give = (tag: string, login: string): void => {
    holders.set(loginKey(login), (holders.get(loginKey(login)) ?? new Set()).add(tag));
  };
  const named = new Set([...sources.configured.values()].flat());
  for (const [login, tags] of sources.configured) for (const tag of tags) give(tag, login);
  const isOpen = (tag: string): boolean => !(named.has(tag) && Object.hasOwn(sources.globs, tag));
  const unreadTags = giveToOwners(sources, give);
  const paths = new Set(sources.touches.flatMap((change) => change.paths));
  for (const path of paths)
    for (const tag of read(path).tags.filter(isOpen))
      for (const login of membersOf(read(path).owners, sources.teams)) give(tag, login);
  const isLearned = (tag: string): boolean => isOpen(tag) && (Object.hasOwn(sources.globs, tag) || unreadTags.has(tag));
  giveToWhoTouched(sources.touches, (path) => read(path).tags.filter(isLearned), give);
  return {
    needsOf: (files) => [...new Set(files.flatMap((path) => read(path).tags))].sort(),
    capabilityOf: (login) => [...(holders.get(loginKey(login)) ?? [])].sort(),
  };
}

interface PathReading {
  readonly tags: readonly string[];
  readonly owners: readonly string[];
}

type Give = (tag: string, login: string) => void;

/** What a file asks for, each looked up once. */
function pathReader({ globs, codeOwners }: CapabilitySources): (path: string) => PathReading {
  const tags = Object.entries(globs).map(([tag, written]) => ({ tag, covers: written.map(coversPath) }));
  const found = new Map<string, PathReading>();
  return (path) => {
    const before = found.get(path);
    if (before !== undefined) return before;
    const owners = codeOwners === null ? [] : (ruleFor(codeOwners, path)?.owners ?? []);
    const fitting = tags.filter(({ covers }) => covers.some((fits) => fits(path))).map(({ tag }) => tag);
    const reading = { tags: fitting.length > 0 ? fitting : tagsOfOwners(owners), owners };
    found.set(path, reading);
    return reading;
  };
}

/** One name for the same owners in any order; none where only addresses of mail are named. */
function tagsOfOwners(owners: readonly string[]): readonly string[] {
  const named = [...new Set(owners.filter(isNamed))].sort();
  return named.length === 0 ? [] : [named.join(' or ')];
}

const isNamed = (owner: string): boolean => !owner.includes('@');
const isTeam = (owner: string): boolean => owner.includes('/');

function membersOf(owners: readonly string[], teams: CapabilitySources['teams']): readonly string[] {
  return owners.filter(isNamed).flatMap((owner) => (isTeam(owner) ? (teams.get(owner.toLowerCase()) ?? []) : [owner]));
}

/** Answers the tags of which a team could not be read. */
function giveToOwners({ codeOwners, teams }: CapabilitySources, give: Give): ReadonlySet<string> {
  const unread = new Set<string>();
  for (const { owners } of codeOwners?.rules ?? [])
    for (const tag of tagsOfOwners(owners)) {
      for (const login of membersOf(owners, teams)) give(tag, login);
      if (owners.some((owner) => isNamed(owner) && isTeam(owner) && !teams.has(owner.toLowerCase()))) unread.add(tag);
    }
  return unread;
}

function giveToWhoTouched(
  touches: readonly TouchedPaths[],
  tagsOf: (path: string) => readonly string[],
  give: Give,
): void {
  const counts = new Map<string, number>();
  for (const { paths, logins } of touches)
    for (const tag of new Set(paths.flatMap(tagsOf)))
      for (const login of new Set(logins.map(loginKey))) {
        const key = `${login} ${tag}`;
        const count = (counts.get(key) ?? 0) + 1;
        counts.set(key, count);
        if (count === FEWEST_TOUCHES) give(tag, login);
      }
}

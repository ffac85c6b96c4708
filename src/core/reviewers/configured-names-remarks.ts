import * as z from 'zod';
import type { Config } from '../config.ts';
import { readYaml } from '../config-yaml.ts';
import { loginKey } from './past-change.ts';
import type { ReviewSnapshot } from './review-snapshot.ts';
import { fullTeamName } from './reviewer-pool.ts';

/** A list that is wrong all through would fill the screen. */
const MOST_NAMES = 5;

interface NamesToCheck extends Pick<ReviewSnapshot, 'repository' | 'people' | 'teams'> {
  readonly config: Config['reviewers'];
  /** Text of the repository's own file; null without one. What the owner's file names has no line here. */
  readonly text: string | null;
  /** Name of that file. */
  readonly path: string;
}

/** Which names below `reviewers:` stand for nobody here, the first five one by one; nothing where people or teams could not be read. */
export function configuredNamesRemarks(check: NamesToCheck): readonly string[] {
  const { owner, repo } = check.repository;
  const lineOf = linesIn(check);
  const wrong = [...unknownPeople(check), ...unknownTeams(check)];
  const more = wrong.length - MOST_NAMES;
  return [
    ...wrong.slice(0, MOST_NAMES).map(({ key, name }) => {
      const line = lineOf(key, name);
      const place = line === null ? 'The configuration' : `${check.path}, line ${line}`;
      if (key !== 'teams' && name.includes('/'))
        return `${place} (reviewers.${key}): ${name} is no person; teams stand in \`reviewers.teams\`.`;
      const what =
        key === 'teams' ? `there is no team ${name}` : `${name} cannot be asked for review in ${owner}/${repo}`;
      return `${place} (reviewers.${key}): ${what}, as far as this token sees.`;
    }),
    ...(more > 0
      ? [`Below \`reviewers:\` ${more} more ${more === 1 ? 'name stands' : 'names stand'} for nobody.`]
      : []),
  ];
}

interface Named {
  readonly key: 'pool' | 'exclude' | 'people' | 'teams';
  readonly name: string;
}

function unknownPeople({ config, people }: NamesToCheck): readonly Named[] {
  if (!people.known) return [];
  const known = new Set(people.value.map(({ login }) => loginKey(login)));
  const named = { pool: config.pool, exclude: config.exclude, people: Object.keys(config.people) };
  return (['pool', 'exclude', 'people'] as const).flatMap((key) =>
    named[key].filter((name) => !known.has(loginKey(name)) && !isBot(name)).map((name) => ({ key, name })),
  );
}

/** Bots are nobody to ask, and may be left out by name all the same. */
const isBot = (name: string): boolean => name.endsWith('[bot]');

function unknownTeams({ config, teams, repository }: NamesToCheck): readonly Named[] {
  if (!teams.known) return [];
  const known = new Set(teams.value.map(({ name }) => name.toLowerCase()));
  return config.teams
    .filter((team) => !known.has(fullTeamName(team, repository.owner)))
    .map((name) => ({ key: 'teams', name }));
}

const names = z.array(z.unknown()).catch([]);
const written = z.object({
  reviewers: z.object({
    pool: names,
    exclude: names,
    teams: names,
    people: z.record(z.string(), z.unknown()).catch({}),
  }),
});

/** Where the file itself names somebody, with or without an `@`; null where it does not. */
function linesIn({ text, path }: NamesToCheck): (key: Named['key'], name: string) => number | null {
  const file = text === null ? null : readYaml(text, path);
  const parsed = written.safeParse(file?.value);
  if (file === null || !parsed.success) return () => null;
  const { reviewers } = parsed.data;
  return (key, name) => {
    const all = key === 'people' ? Object.keys(reviewers.people) : reviewers[key];
    const place = all.findIndex((one) => typeof one === 'string' && one.trim().replace(/^@/, '') === name);
    if (place === -1) return null;
    const at = ['reviewers', key];
    return (key === 'people' ? file.locate(at, String(all[place])) : file.locate([...at, place])).line;
  };
}

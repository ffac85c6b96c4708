import type { Config } from '../../config.ts';
import { UserError } from '../../failure.ts';
import type { TemplateProblem } from './file-place.ts';
import type { LaneTemplate } from './lane-template.ts';
import { locatorOf, type TemplateSources } from './parse-lane-templates.ts';

export interface LaneWish {
  /** Names as a person typed them; empty: every lane. */
  readonly lanes: readonly string[];
  readonly template: string | null;
  /** `name=value`. */
  readonly set: readonly string[];
}

export interface LaneChoice {
  /** In the order of the templates. */
  readonly lanes: readonly LaneTemplate[];
  /** Whether a person named the lanes one by one. */
  readonly isNamed: boolean;
  readonly variables: ReadonlyMap<string, string>;
  /** Names of those that the wish itself sets. */
  readonly set: readonly string[];
}

const RESERVED = new Set(['lane', 'milestone', 'umbrella']);

/**
 * The lanes that are meant, without regard to case. Fails with `usage` where a name is unknown or a variable is badly
 * given, and with `config_invalid` where there is no lane at all; `problemsOfTemplate` tells of lanes that a template
 * names and that there are not.
 */
export function chooseLanes(
  lanes: readonly LaneTemplate[],
  { templates }: Pick<Config, 'templates'>,
  wish: LaneWish,
): LaneChoice {
  const template = wish.template === null ? null : findTemplate(templates, wish.template);
  const offered =
    template === null ? lanes : lanes.filter((lane) => template.lanes.some((name) => same(lane.name, name)));
  const named = wish.lanes.map((name) => findLane(offered, name));
  const isNamed = named.length > 0;
  const chosen = isNamed ? offered.filter((lane) => named.includes(lane)) : offered;
  const empty = isNamed ? chosen.find(({ tasks }) => tasks.length === 0) : undefined;
  if (empty !== undefined) throw withoutTasks(empty);
  const filled = chosen.filter(({ tasks }) => tasks.length > 0);
  if (filled.length === 0) throw nothingToScaffold();
  const settings = wish.set.map(parseSetting);
  const variables = new Map([...Object.entries(template?.variables ?? {}), ...settings]);
  for (const name of variables.keys()) if (RESERVED.has(name)) throw reserved(name);
  return { lanes: filled, isNamed, variables, set: settings.map(([name]) => name) };
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const listed = (names: readonly string[]): string => names.slice(0, 20).join(', ') || 'none';

function findTemplate(templates: Config['templates'], name: string): Config['templates'][string] {
  const found = Object.entries(templates).find(([key]) => same(key, name));
  if (found !== undefined) return found[1];
  const known = `.github/parasol.yml has under \`templates\`: ${listed(Object.keys(templates))}.`;
  throw new UserError('usage', `There is no template "${name.slice(0, 100)}".`, known);
}

/** Lanes that the wanted template names and that there are not. */
export function problemsOfTemplate(
  lanes: readonly LaneTemplate[],
  { config, configFiles }: Pick<TemplateSources, 'config' | 'configFiles'>,
  wanted: string | null,
): readonly TemplateProblem[] {
  const [name, template] = Object.entries(config.templates).find(([key]) => same(key, wanted ?? '')) ?? [];
  if (name === undefined || template === undefined) return [];
  const locate = locatorOf(configFiles);
  return template.lanes.flatMap((lane, index) =>
    lanes.some((one) => same(one.name, lane))
      ? []
      : [
          {
            ...locate(['templates', name, 'lanes', index]),
            message: `the template "${name}" names the lane "${lane}", and there is none`,
            fix: `Lanes: ${listed(lanes.map((one) => one.name))}. Correct \`templates.${name}.lanes\`.`,
          },
        ],
  );
}

function findLane(lanes: readonly LaneTemplate[], name: string): LaneTemplate {
  const found = lanes.find((lane) => same(lane.name, name));
  if (found !== undefined) return found;
  const known = `Lanes here: ${listed(lanes.map((lane) => lane.name))}.`;
  throw new UserError('usage', `There is no lane "${name.slice(0, 100)}" to scaffold.`, known);
}

function withoutTasks({ name, place }: LaneTemplate): UserError {
  return new UserError(
    'config_invalid',
    `${place.path}, line ${place.line}: the lane "${name}" has neither a title nor tasks, so there is nothing to create.`,
    `Give it a \`title\`, or \`tasks\`, there or in .github/lanes/${name}.md.`,
  );
}

function nothingToScaffold(): UserError {
  return new UserError(
    'config_invalid',
    'No lane has a title or tasks, so there is nothing to create.',
    "Add one to .github/parasol.yml, such as `lanes: { api: { title: '{umbrella.title}: API' } }`, or .github/lanes/api.md.",
  );
}

function parseSetting(text: string): [string, string] {
  const [, name, value] = /^\s*([a-z][a-z0-9_]{0,39})\s*=([\s\S]{0,1000})$/i.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name, value.trim()];
  throw new UserError(
    'usage',
    `"${text.slice(0, 100)}" sets no variable.`,
    'Write it as name=value; a name is of letters, digits and underscores.',
  );
}

function reserved(name: string): UserError {
  return new UserError('usage', `{${name}} has a meaning of its own and cannot be set.`, 'Choose another name.');
}

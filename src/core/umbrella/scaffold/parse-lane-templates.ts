import type { Config } from '../../config.ts';
import { readYaml } from '../../config-yaml.ts';
import { fieldKey } from '../../task/body-fields.ts';
import { problemsOfLaneNames } from './check-lane-names.ts';
import type { FilePlace, Placed, TemplateProblem } from './file-place.ts';
import type { ArtifactValue, LaneTemplate, TaskBody, TaskTemplate } from './lane-template.ts';
import { ONLY_TASK } from './lane-template.ts';
import { parseIssueForm } from './parse-issue-form.ts';
import { type LaneLayer, readLaneFile } from './read-lane-file.ts';
import { splitFrontMatter } from './split-front-matter.ts';
import { uniqueBy } from './unique-by.ts';

const LANES_FOLDER = '.github/lanes';

export interface TemplateSources {
  readonly config: Config;
  readonly configFiles: readonly ConfigFile[];
  /** Files of the default branch by path; null: there is none. One that is not in the map was not read yet. */
  readonly files: ReadonlyMap<string, string | null>;
}

/** A file that the configuration was read from; the repository's own comes first. */
export interface ConfigFile {
  readonly path: string;
  readonly text: string;
}

interface ParsedTemplates {
  /** As the configuration lists them, then those that have a file alone, by name. */
  readonly lanes: readonly LaneTemplate[];
  readonly problems: readonly TemplateProblem[];
  /** Files that must be read first; the lanes that need them are not whole. */
  readonly unread: readonly string[];
}

interface Parsing {
  readonly sources: TemplateSources;
  readonly problems: TemplateProblem[];
  readonly unread: Set<string>;
}

/**
 * The lane templates of a repository: `lanes` of the configuration and `.github/lanes/NAME.md`. Where both speak of a
 * lane, the configuration goes first, key by key.
 */
export function parseLaneTemplates(sources: TemplateSources): ParsedTemplates {
  const parsing: Parsing = { sources, problems: [], unread: new Set() };
  const configured = Object.keys(sources.config.lanes);
  const ownFiles = [...sources.files.keys()].flatMap((path) => laneOfFile(path) ?? []).toSorted();
  const pointedAt = new Set(Object.values(sources.config.lanes).map(({ body_file: path }) => laneOfFile(path ?? '')));
  const names = [...new Set([...configured, ...ownFiles.filter((name) => !pointedAt.has(name))])];
  const locate = locatorOf(sources.configFiles);
  const lanes = names.map((name) => laneTemplate(name, locate, parsing));
  const problems = [...problemsOfLaneNames(lanes), ...parsing.problems];
  return { lanes, problems, unread: [...parsing.unread] };
}

/** `api` of `.github/lanes/api.md`. */
const laneOfFile = (path: string): string | null => /^\.github\/lanes\/([^/]+)\.md$/.exec(path)?.[1] ?? null;

type Locate = (path: readonly PropertyKey[]) => FilePlace;

/** Lists and values of the repository's file replace those of the owner's, so the first file that has them is the place. */
export function locatorOf(files: readonly ConfigFile[]): Locate {
  const read = files.map(({ path, text }) => ({ path, file: readYaml(text, path) }));
  return (path) => {
    const index = path.findIndex((step) => typeof step === 'number');
    const keys = (index < 0 ? path : path.slice(0, index)).map(String);
    const found = read.find(({ file }) => file.find(keys).some((node) => node !== undefined)) ?? read[0];
    return { path: found?.path ?? '', line: found?.file.locate(path).line ?? 1 };
  };
}

function laneTemplate(name: string, locate: Locate, parsing: Parsing): LaneTemplate {
  const { lanes } = parsing.sources.config;
  // A file may be called constructor.md.
  const settings = Object.hasOwn(lanes, name) ? lanes[name] : undefined;
  const prefix = ['lanes', name];
  const own: LaneLayer | null =
    settings === undefined ? null : { settings, at: (path) => locate([...prefix, ...path]) };
  const file = fileOfLane(name, settings?.body_file, parsing);
  const layers = [own, file?.layer ?? null].filter((layer) => layer !== null);
  const place = (own ?? file?.layer)?.at([]) ?? locate(prefix);
  const body = bodyOf(own, parsing) ?? textBody(file?.text ?? { value: '', place });
  const lane = { name, place, ...laneParts(layers) };
  return { ...lane, tasks: tasksOf(layers, body, parsing) };
}

function fileOfLane(
  name: string,
  bodyFile: string | undefined,
  parsing: Parsing,
): ReturnType<typeof readLaneFile> | null {
  const path = bodyFile !== undefined && laneOfFile(bodyFile) !== null ? bodyFile : `${LANES_FOLDER}/${name}.md`;
  const text = parsing.sources.files.get(path) ?? null;
  if (text === null) return null;
  const file = readLaneFile(text, path);
  parsing.problems.push(...file.problems);
  return file;
}

/** The first layer that says something under a key. */
const saying = (layers: readonly LaneLayer[], key: keyof LaneLayer['settings']): LaneLayer | undefined =>
  layers.find(({ settings }) =>
    Array.isArray(settings[key]) ? settings[key].length > 0 : settings[key] !== undefined,
  );

function laneParts(layers: readonly LaneLayer[]): Pick<LaneTemplate, 'labels' | 'after'> {
  return {
    labels: placedList(saying(layers, 'labels'), ['labels'], (settings) => settings.labels),
    after: placedList(saying(layers, 'after'), ['after'], (settings) => settings.after),
  };
}

type Read<Value> = (settings: LaneLayer['settings']) => Value;
type Path = readonly PropertyKey[];

function placed(layer: LaneLayer | undefined, path: Path, read: Read<string | undefined>): Placed<string> | null {
  const value = layer === undefined ? undefined : read(layer.settings);
  if (layer === undefined || value === undefined) return null;
  const { path: file, line } = layer.at(path);
  // A text of several lines begins below the sign that introduces it.
  return { value, place: { path: file, line: value.includes('\n') ? line + 1 : line } };
}

function placedList(
  layer: LaneLayer | undefined,
  path: Path,
  read: Read<readonly string[]>,
): readonly Placed<string>[] {
  if (layer === undefined) return [];
  return read(layer.settings).map((value, index) => ({ value, place: layer.at([...path, index]) }));
}

function tasksOf(layers: readonly LaneLayer[], body: TaskBody, parsing: Parsing): readonly TaskTemplate[] {
  const titled = saying(layers, 'title');
  const listed = saying(layers, 'tasks');
  const common = {
    assignees: placedList(saying(layers, 'assignees'), ['assignees'], (settings) => settings.assignees),
    milestone: placed(saying(layers, 'milestone'), ['milestone'], (settings) => settings.milestone),
    type: placed(saying(layers, 'type'), ['type'], (settings) => settings.type),
    artifacts: firstOfEach(layers.flatMap((layer) => artifactsIn(layer, ['artifacts'], layer.settings.artifacts))),
  };
  const title = placed(titled, ['title'], (settings) => settings.title);
  if (listed === undefined) {
    if (title === null) return [];
    return [withForm({ key: ONLY_TASK, title, body, labels: [], ...common, after: [] })];
  }
  if (title !== null) {
    const fix = 'Remove it, or the tasks.';
    parsing.problems.push({ ...title.place, message: '`title` has no use in a lane with `tasks`', fix });
  }
  noteRepeatedKeys(listed, parsing);
  return listed.settings.tasks.map((_, index) => withForm(taskOf(listed, index, { common, body, parsing })));
}

interface TaskSetting {
  readonly common: Pick<TaskTemplate, 'assignees' | 'milestone' | 'type' | 'artifacts'>;
  readonly body: TaskBody;
  readonly parsing: Parsing;
}

function taskOf(layer: LaneLayer, index: number, { common, body, parsing }: TaskSetting): TaskTemplate {
  const path = ['tasks', index];
  const read = layer.settings.tasks[index];
  const list = (key: 'labels' | 'assignees' | 'after') => placedList(layer, [...path, key], () => read?.[key] ?? []);
  const own: LaneLayer = {
    settings: { ...layer.settings, body: read?.body, body_file: read?.body_file },
    at: (keys) => layer.at([...path, ...keys]),
  };
  const assignees = list('assignees');
  return {
    key: read?.key ?? '',
    title: placed(layer, [...path, 'title'], () => read?.title) ?? { value: '', place: layer.at(path) },
    body: bodyOf(own, parsing) ?? body,
    labels: list('labels'),
    assignees: assignees.length > 0 ? assignees : common.assignees,
    type: placed(layer, [...path, 'type'], () => read?.type) ?? common.type,
    milestone: placed(layer, [...path, 'milestone'], () => read?.milestone) ?? common.milestone,
    artifacts: firstOfEach([...artifactsIn(layer, [...path, 'artifacts'], read?.artifacts ?? {}), ...common.artifacts]),
    after: list('after'),
  };
}

const artifactsIn = (
  layer: LaneLayer,
  path: Path,
  values: Readonly<Record<string, string>>,
): readonly ArtifactValue[] =>
  Object.entries(values).map(([field, value]) => ({ field, value: { value, place: layer.at([...path, field]) } }));

const firstOfEach = (artifacts: readonly ArtifactValue[]): readonly ArtifactValue[] =>
  uniqueBy(artifacts, ({ field }) => fieldKey(field));

/** GitHub gives a submitted form's labels, assignees and type to the issue; the template's own go first. */
function withForm(task: TaskTemplate): TaskTemplate {
  if (task.body.kind === 'text') return task;
  const { labels, assignees, type } = task.body.form;
  return {
    ...task,
    labels: [...task.labels, ...labels],
    assignees: task.assignees.length > 0 ? task.assignees : assignees,
    type: task.type ?? type,
  };
}

function noteRepeatedKeys({ settings, at }: LaneLayer, { problems }: Parsing): void {
  const seen = new Set<string>();
  for (const [index, { key }] of settings.tasks.entries()) {
    const name = key.toLowerCase();
    const message = `there are two tasks with the key \`${key}\``;
    if (seen.has(name)) problems.push({ ...at(['tasks', index, 'key']), message, fix: 'Give each its own key.' });
    seen.add(name);
  }
}

const textBody = (text: Placed<string>): TaskBody => ({ kind: 'text', text });

/** The text that a layer itself gives or names; null when it leaves it to others. */
function bodyOf(layer: LaneLayer | null, parsing: Parsing): TaskBody | null {
  if (layer === null) return null;
  const { body, body_file: path } = layer.settings;
  const own = placed(layer, ['body'], (settings) => settings.body);
  if (body !== undefined && path !== undefined) {
    const fix = 'Remove one of them.';
    parsing.problems.push({ ...layer.at(['body_file']), message: '`body` and `body_file` exclude each other', fix });
  }
  if (own !== null) return textBody(own);
  return path === undefined ? null : bodyInFile(path, layer.at(['body_file']), parsing);
}

function bodyInFile(path: string, namedAt: FilePlace, parsing: Parsing): TaskBody | null {
  const text = parsing.sources.files.get(path);
  if (text === undefined) parsing.unread.add(path);
  if (text === null) {
    const fix = 'Correct the path, from the root of the repository, or commit the file to the default branch.';
    parsing.problems.push({ ...namedAt, message: `there is no file \`${path.slice(0, 200)}\``, fix });
  }
  if (text == null) return null;
  if (/\.ya?ml$/i.test(path)) {
    const { form, problems } = parseIssueForm(text, path);
    parsing.problems.push(...problems);
    return form === null ? null : { kind: 'form', form };
  }
  // GitHub's own templates begin with front matter too; what it says is for GitHub's page of new issues.
  const { text: body, textLine } = splitFrontMatter(text);
  return textBody({ value: body, place: { path, line: textLine } });
}

import { Command, Option } from 'commander';
import { CATALOG, type CatalogEntry, catalogEntry } from '../../operations/catalog.ts';
import { optionOf, positionalsOf } from './check-options.ts';
import type { CliIo, GlobalOptions } from './cli-io.ts';
import { findClone, nameClone } from './find-clone.ts';
import { hintAtClone } from './hint-at-clone.ts';
import { type InputField, inputFields } from './input-fields.ts';
import { packageVersion } from './package-root.ts';
import { PRESENTATIONS, type Presentation } from './presentations.ts';
import { readFiles } from './read-files.ts';
import { runOperation } from './run-operation.ts';

const WIDTH =
  'Where output is no terminal, COLUMNS limits its width; without it, lines are not wrapped, but for tables of risk at 120.';
const EXIT_CODES =
  'Exit codes: 0 fine, 3 usage or configuration error, 4 GitHub or network failure;\numbrella drift also: 1 drift was found, 2 nobody can say; readiness report: 1 no-go, 2 nobody can say.';

/**
 * The command tree: one command per operation of the catalogue, its arguments and options made from the operation's input
 * schema, and the three commands that are no operations: `demo`, `mcp` and `serve`. `isQuiet` leaves it to the caller to
 * tell what is wrong with the arguments.
 */
export function buildProgram(
  io: CliIo,
  setExitCode: (code: number) => void,
  { isQuiet = false }: { readonly isQuiet?: boolean } = {},
): Command {
  const program = new Command('parasol')
    .description('Coordinates work that runs in many lanes at once on GitHub.')
    .version(packageVersion(), '--version', 'print the version')
    .helpCommand(false)
    .showSuggestionAfterError()
    .showHelpAfterError('(parasol --help lists the commands)')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => (isQuiet ? undefined : io.stderr.write(text)),
      getOutHelpWidth: () => io.stdout.columns || 100,
      getErrHelpWidth: () => io.stderr.columns || 100,
    })
    .addHelpText('after', `\n${EXIT_CODES}\n${WIDTH}`)
    .exitOverride();
  addGlobalOptions(program);
  for (const entry of CATALOG) addOperation(program, entry, { io, setExitCode });
  addDemo(program, io, setExitCode);
  addMcp(program, io);
  addServe(program, io);
  return program;
}

function addGlobalOptions(program: Command): void {
  program
    .option('--world <file>', 'work on a world file (YAML or JSON lines) instead of GitHub')
    .option(
      '--repo <owner/repo>',
      'the repository that #12 means (default: GITHUB_REPOSITORY, or the remote "origin"); for risk, readiness and rollups also the folder of a clone',
    )
    .option('--json', 'print JSON; a failure is {"error":{code,message,hint}} on stderr')
    .option('--now <time>', 'take this for now, such as 2026-05-04T09:30:00Z')
    .option('--no-color', 'print without colours');
}

interface Surroundings {
  readonly io: CliIo;
  readonly setExitCode: (code: number) => void;
}

function addOperation(program: Command, entry: CatalogEntry, { io, setExitCode }: Surroundings): void {
  const presentation = PRESENTATIONS[entry.name];
  if (presentation === undefined) throw new Error(`the command line does not show ${entry.name}`);
  const [verb = '', ...groups] = entry.name.split('.').toReversed();
  const parent = groups.toReversed().reduce(findOrAddGroup, program);
  const command = parent.command(verb).description(entry.summary).allowExcessArguments(false);
  const fields = inputFields(entry.input).filter(({ name }) => !presentation.hidden.includes(name));
  for (const field of fields) addField(command, field, presentation);
  const { changes, plan, writtenBy } = presentation;
  if (changes !== undefined || plan !== undefined || writtenBy !== undefined)
    command.option('--write', 'write it; without this, nothing is changed');
  if (presentation.formats !== undefined) addFormats(command, Object.keys(presentation.formats));
  command.action(async () => {
    const options = command.optsWithGlobals<GlobalOptions & Record<string, unknown>>();
    const given = inputOf(command, fields, presentation);
    const input = await readFiles(given, presentation, io);
    const find = { named: nameClone, at_hand: findClone, none: null }[presentation.takesClone ?? 'none'];
    const placed = find === null ? { input, options } : await find(input, options, io);
    try {
      const run = options.write === true && writtenBy !== undefined ? writerOf(writtenBy) : { entry, presentation };
      setExitCode(await runOperation({ ...run, ...placed, io }));
    } catch (problem) {
      throw presentation.takesClone === 'at_hand'
        ? hintAtClone(problem, { input: placed.input, cwd: io.cwd })
        : problem;
    }
  });
}

function writerOf(name: string): { readonly entry: CatalogEntry; readonly presentation: Presentation } {
  const presentation = PRESENTATIONS[name];
  if (presentation === undefined) throw new Error(`the command line does not show ${name}`);
  return { entry: catalogEntry(name), presentation };
}

function addFormats(command: Command, formats: readonly string[]): void {
  for (const format of formats) command.option(`--${format}`, `print it as ${FORMAT_NAMES[format] ?? format}`);
  const endings = formats.includes('html') ? '.json, .md and .html' : '.json and .md';
  command.option('--output <file>', `put it into a file, anew each time; ${endings} say which form`);
}

const FORMAT_NAMES: Readonly<Record<string, string>> = {
  markdown: 'Markdown, as comments show it',
  html: 'one HTML page that needs nothing else',
};

const GROUPS: Readonly<Record<string, string>> = {
  umbrella: 'Umbrellas: tasks with sub-issues, and how far they are',
  work: 'Claims: which agent works on which task',
  plan: "Plans: bulk writes that are shown first, applied at GitHub's pace, and can be undone",
  task: 'Tasks: what is around them',
  readiness: 'Readiness: whether a scope can ship, and what is in its way',
  reviewers: 'Reviewers: who gets to which review, and when',
  risk: 'Integration risk: which open changes conflict, and the order to merge them in',
};

function findOrAddGroup(parent: Command, name: string): Command {
  const found = parent.commands.find((command) => command.name() === name);
  return (
    found ??
    parent
      .command(name)
      .description(GROUPS[name] ?? name)
      .helpCommand(false)
  );
}

function addField(command: Command, field: InputField, presentation: Presentation): void {
  const { files, writesFile } = presentation;
  if (positionalsOf(presentation).includes(field.name)) {
    const name = field.type === 'list' ? `${field.name}...` : field.name;
    command.argument(field.isRequired ? `<${name}>` : `[${name}]`, field.description);
    return;
  }
  const flag = optionOf(field.name);
  const isFile = files?.[field.name] !== undefined || writesFile?.field === field.name;
  const value = isFile ? 'file' : field.type === 'list' ? 'string' : field.type;
  const option = new Option(value === 'boolean' ? flag : `${flag} <${value}>`, field.description);
  option.makeOptionMandatory(field.isRequired);
  if (field.type === 'list') option.argParser<readonly string[]>((one, before = []) => [...before, one]);
  command.addOption(field.choices.length === 0 ? option : option.choices([...field.choices]));
}

function inputOf(
  command: Command,
  fields: readonly InputField[],
  presentation: Presentation,
): Readonly<Record<string, unknown>> {
  const options: Record<string, unknown> = command.opts();
  const order = positionalsOf(presentation);
  const given = fields.map(({ name }) => {
    return [name, order.includes(name) ? command.processedArgs[order.indexOf(name)] : options[name]] as const;
  });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

function addDemo(program: Command, io: CliIo, setExitCode: (code: number) => void): void {
  const demo = program
    .command('demo')
    .description('Run Parasol against a GitHub inside this process and watch a rollup change. Needs no network.')
    .option('--once', 'play the story, print each rollup as it changes, and exit; with --json, one object a line')
    .option('--port <number>', 'where the live page listens (default: a free port)');
  demo.action(async () => {
    const { runDemo } = await import('./demo/run-demo.ts');
    setExitCode(await runDemo(demo.optsWithGlobals<GlobalOptions & { once?: boolean; port?: string }>(), io));
  });
}

function addMcp(program: Command, io: CliIo): void {
  const mcp = program.command('mcp').description('Serve the operations to MCP clients over standard input and output.');
  mcp.action(async () => {
    const { runMcp } = await import('./run-mcp.ts');
    await runMcp(mcp.optsWithGlobals<GlobalOptions>(), io);
  });
}

function addServe(program: Command, io: CliIo): void {
  const serve = program
    .command('serve')
    .description('Run the App, or without one hold the store for the other processes of this machine.')
    .option('--port <number>', 'where operations are taken for others, on 127.0.0.1 (default: a free port)')
    .addHelpText('after', `\n${SERVE_SETTINGS}`);
  serve.action(async () => {
    const { runServe } = await import('./run-serve.ts');
    await runServe(serve.opts<{ port?: string }>(), io);
  });
}

const SERVE_SETTINGS = `APP_ID                          number of the App
PRIVATE_KEY, PRIVATE_KEY_PATH   its key: the PEM text, or the file that holds it
WEBHOOK_SECRET                  what GitHub signs webhooks with
GITHUB_API_URL                  API of an Enterprise Server (default: https://api.github.com)
HOST, PORT                      where to listen (default: 127.0.0.1, 3000)
DATABASE_URL, PARASOL_DATA      the store: a PostgreSQL, or a folder (default without an App: your data folder)`;

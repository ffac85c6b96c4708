import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, vi } from 'vitest';
import { parse } from 'yaml';

export const ROOT = join(import.meta.dirname, '..', '..');
const BUNDLE = join(ROOT, 'action/dist/index.js');

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

export const ACTION: ActionFile = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'));

const made: string[] = [];

// Each run is a process or two of its own, and the machine may be busy with others.
vi.setConfig({ testTimeout: 90_000 });

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parasol-action-'));
  made.push(folder);
  return folder;
}

/** What a runner gives a step. */
export interface Step {
  /** `with:`; what is left out has the default of `action.yml`, but for the token. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Where GitHub is. */
  readonly server: { readonly apiUrl: string; readonly graphqlUrl: string; readonly serverUrl?: string };
  readonly repository?: string;
  readonly event?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** The node that runs it; default: the one that runs the tests. */
  readonly node?: string;
}

export interface RunStep {
  readonly code: number;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  readonly stderr: string;
  /** The runner's temporary folder, which outlives the step. */
  readonly temporaryFolder: string;
  readonly workspace: string;
}

interface Annotation {
  readonly level: string;
  readonly title: string | null;
  readonly file: string | null;
  readonly text: string;
}

/** Runs the committed bundle as a runner would: inputs, event and files by environment, and nothing else. */
export function runBundle(step: Step): Promise<RunStep> {
  const folder = newFolder();
  const file = (name: string, text = ''): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const [temporaryFolder, workspace] = [join(folder, 'temp'), join(folder, 'workspace')];
  for (const made of [temporaryFolder, workspace]) mkdirSync(made);
  const env = {
    PATH: process.env.PATH,
    ...inputsOf(step.inputs),
    GITHUB_REPOSITORY: step.repository ?? 'octo/harbor',
    GITHUB_API_URL: step.server.apiUrl,
    GITHUB_GRAPHQL_URL: step.server.graphqlUrl,
    GITHUB_SERVER_URL: step.server.serverUrl ?? 'http://127.0.0.1:9',
    GITHUB_OUTPUT: file('output'),
    GITHUB_STEP_SUMMARY: file('summary'),
    GITHUB_EVENT_PATH: file('event.json', JSON.stringify(step.event ?? {})),
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temporaryFolder,
    ...step.environment,
  };
  return new Promise((resolve) => {
    const options = { env, cwd: workspace, timeout: 60_000, maxBuffer: 100_000_000 };
    execFile(step.node ?? process.execPath, [BUNDLE], options, (error, stdout, stderr) => {
      resolve({
        code: error === null ? 0 : Number(error.code),
        log: stdout,
        stderr,
        outputs: readOutputs(readFileSync(env.GITHUB_OUTPUT, 'utf8')),
        summary: readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8'),
        annotations: readAnnotations(stdout),
        ...{ temporaryFolder, workspace },
      });
    });
  });
}

/** As the runner does it: in capitals, with blanks and nothing else replaced. */
function inputsOf(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const names = new Set([...Object.keys(ACTION.inputs), ...Object.keys(given)]);
  const givenOf = (name: string): string =>
    given[name] ?? (name === 'github-token' ? 'kims-token' : (ACTION.inputs[name]?.default ?? ''));
  return Object.fromEntries(
    [...names].map((name) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, givenOf(name)]),
  );
}

/** `name<<delimiter`, value, delimiter: how a runner is told of outputs. */
function readOutputs(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n?\2$/gm)];
  return Object.fromEntries(pairs.map(([, name = '', , value = '']) => [name, value]));
}

function readAnnotations(log: string): readonly Annotation[] {
  return [...log.matchAll(/^::(error|warning|notice)(?: ([^:]*(?:%3A[^:]*)*))?::(.*)$/gm)].map(
    ([, level = '', properties = '', text = '']) => {
      const found = new Map(
        properties
          .split(',')
          .map((one): [string, string] => [one.split('=')[0] ?? '', decoded(one.slice(one.indexOf('=') + 1))]),
      );
      return { level, title: found.get('title') ?? null, file: found.get('file') ?? null, text: decoded(text) };
    },
  );
}

const decoded = (text: string): string =>
  text.replace(/%(25|0D|0A|3A|2C)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { UserError } from '../src/core/failure.ts';
import type { WorkflowRun } from './workflow-run.ts';

type Place = Pick<WorkflowRun, 'workspace' | 'temporaryFolder'>;

/**
 * The folder for the report files, which is there afterwards: by default a new one apart from any checkout, so that nothing
 * in it looks changed. Throws `usage` for one outside of the workspace and of the runner's temporary folder, also where it is
 * a link in a checkout that leads there: what a pull request holds is not to choose what is written over.
 */
export async function makeReportFolder(asked: string | null, { workspace, temporaryFolder }: Place): Promise<string> {
  if (asked === null) return mkdtemp(join(temporaryFolder, 'parasol-report-'));
  const folder = resolve(workspace, asked);
  const [place, ...roots] = await Promise.all([folder, workspace, temporaryFolder].map(realPlace));
  if (place === undefined || !roots.some((root) => isWithin(root, place))) throw outside(asked);
  return mkdir(place, { recursive: true }).then(
    () => folder,
    (cause: unknown) => {
      throw new UserError('usage', `The folder ${shown(asked)} of \`report-dir\` cannot be made.`, HINT, { cause });
    },
  );
}

/** Never through a link that stands where the file goes. Throws `usage` where none can be written there. */
export async function writeReportFile(path: string, text: string): Promise<void> {
  try {
    await rm(path, { force: true });
    await writeFile(path, text, { flag: 'wx' });
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
    throw new UserError('usage', `The report file ${shown(path)} cannot be written${why}.`, HINT, { cause });
  }
}

/** Where a path leads, as far as it exists. */
async function realPlace(path: string): Promise<string> {
  const parent = dirname(path);
  return realpath(path).catch(async () => (parent === path ? path : join(await realPlace(parent), basename(path))));
}

function isWithin(root: string, place: string): boolean {
  const way = relative(root, place);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

const HINT =
  'Name a folder in the workspace, such as `report-dir: reports`, or leave it out: the output of this name tells where the files are.';

const outside = (asked: string): UserError =>
  new UserError(
    'usage',
    `\`report-dir: ${shown(asked)}\` leaves the workspace and the temporary folder of the runner.`,
    HINT,
  );

const shown = (asked: string): string => JSON.stringify(asked.slice(0, 200));

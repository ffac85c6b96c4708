import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file of a commit: its text, its bytes with a mode, or null to take it (or a whole folder) away. */
export type DraftFile =
  | string
  | null
  | { readonly mode: '100644' | '100755' | '120000' | '160000'; readonly data: string | Buffer };

export interface DraftCommit {
  readonly branch: string;
  /** Commits that `commit` told before; the first is the one whose files are kept. */
  readonly parents?: readonly number[];
  readonly files: Readonly<Record<string, DraftFile>>;
  /** `change N` when absent. */
  readonly message?: string;
}

/** A history that is written by one `git fast-import`. Branches are full names of refs. */
export interface RepositoryDraft {
  readonly commit: (commit: DraftCommit) => number;
  /** Writes a bare repository, and tells the id of each commit. */
  readonly write: (folder: string, init?: readonly string[]) => ReadonlyMap<number, string>;
}

export function draftRepository(): RepositoryDraft {
  const chunks: (string | Buffer)[] = [];
  let mark = 0;
  const data = (content: string | Buffer): void => {
    chunks.push(`data ${Buffer.byteLength(content)}\n`, content, '\n');
  };
  return {
    commit: ({ branch, parents = [], files, message }) => {
      mark += 1;
      chunks.push(
        `commit ${branch}\nmark :${mark}\ncommitter kim <kim@example.org> ${1_700_000_000 + mark * 60} +0000\n`,
      );
      data(message ?? `change ${mark}`);
      for (const [place, parent] of parents.entries()) chunks.push(`${place === 0 ? 'from' : 'merge'} :${parent}\n`);
      for (const [path, file] of Object.entries(files)) if (file === null) chunks.push(`D ${quoted(path)}\n`);
      for (const [path, file] of Object.entries(files)) {
        if (file === null) continue;
        const { mode, data: content } = typeof file === 'string' ? { mode: '100644', data: file } : file;
        if (mode === '160000') chunks.push(`M ${mode} ${content} ${quoted(path)}\n`);
        else {
          chunks.push(`M ${mode} inline ${quoted(path)}\n`);
          data(content);
        }
      }
      if (parents.length === 0) chunks.push('\n');
      return mark;
    },
    write: (folder, init = []) => {
      mkdirSync(folder, { recursive: true });
      git(folder, ['init', '--quiet', '--bare', '--initial-branch=main', ...init]);
      const marks = join(folder, 'draft-marks');
      const input = Buffer.concat(chunks.map((chunk) => Buffer.from(chunk)));
      git(
        folder,
        ['-c', 'fastimport.unpackLimit=1', 'fast-import', '--quiet', '--force', `--export-marks=${marks}`],
        input,
      );
      const lines = readFileSync(marks, 'utf8').trim().split('\n');
      rmSync(marks);
      return new Map(lines.map((line) => [Number(line.split(' ')[0]?.slice(1)), line.split(' ')[1] ?? '']));
    },
  };
}

function quoted(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

/** Runs git as a user would, for what tests prepare; throws where it fails. */
export function git(
  folder: string,
  args: readonly string[],
  input: string | Buffer = '',
  environment: Readonly<Record<string, string>> = {},
): string {
  const env = { ...TEST_ENV, ...environment };
  const found = spawnSync('git', [...args], { cwd: folder, input, env, maxBuffer: 1 << 30 });
  if (found.status !== 0) throw new Error(`git ${args.join(' ')}: ${found.stderr}`);
  return found.stdout.toString('utf8');
}

export const TEST_ENV: NodeJS.ProcessEnv = {
  ...process.env,
  ...{ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' },
  ...{ GIT_AUTHOR_NAME: 'kim', GIT_AUTHOR_EMAIL: 'kim@example.org' },
  ...{ GIT_COMMITTER_NAME: 'kim', GIT_COMMITTER_EMAIL: 'kim@example.org' },
};

/** A new folder below the machine's temporary one. */
export function newFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `parasol-test-${name}-`));
}

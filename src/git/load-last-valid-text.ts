import { commitTime } from './describe-commits.ts';
import type { ResolvedHead } from './list-heads.ts';
import { type Repository, runIn } from './open-repository.ts';
import { readBlobs } from './read-blobs.ts';

export interface TextVersion {
  readonly text: string;
  readonly commit: string;
  readonly committedAt: string;
}

/** As many changes of it as are looked at over GitHub. */
const MOST_CHANGES = 20;

/**
 * The newest version of a file that is valid, among the last 20 commits of the base's own line (first parents) that changed
 * it. Null where there is none; a deletion ends the search, because whoever deleted the file wanted what was before it no
 * more.
 */
export async function loadLastValidText(
  repository: Repository,
  {
    base,
    path,
    isValid,
  }: { readonly base: ResolvedHead; readonly path: string; readonly isValid: (text: string) => boolean },
): Promise<TextVersion | null> {
  const format = ['--no-commit-header', '--format=%H %ct'];
  const args = ['rev-list', '--first-parent', `--max-count=${MOST_CHANGES}`, ...format, base.commit, '--', path];
  const { stdout } = await runIn(repository, { args });
  const changes = stdout.split('\n').filter(Boolean);
  const names = changes.map((line) => `${line.split(' ')[0]}:${path}`);
  const texts = await readBlobs(repository, names);
  for (const [place, line] of changes.entries()) {
    const bytes = texts.get(names[place] ?? '');
    if (bytes === undefined) return null;
    const text = Buffer.from(bytes, 'latin1').toString('utf8');
    const [commit = '', seconds = ''] = line.split(' ');
    if (isValid(text)) return { text, commit, committedAt: commitTime(seconds) };
  }
  return null;
}

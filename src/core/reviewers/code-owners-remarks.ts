import { parseCodeOwners } from './parse-code-owners.ts';
import type { ReviewSnapshot } from './review-snapshot.ts';

/** A file of another tool's rules has more; the first ones tell what is wrong. */
const MOST_LINES = 3;

/** Which lines of the default branch's CODEOWNERS count for nothing and why, the first three one by one. */
export function codeOwnersRemarks({
  codeowners,
  defaultBranch,
}: Pick<ReviewSnapshot, 'codeowners' | 'defaultBranch'>): readonly string[] {
  const file = codeowners.known ? codeowners.value.get(defaultBranch) : null;
  if (file == null) return [];
  const { problems } = parseCodeOwners(file.text, file.byteSize);
  const more = problems.length - MOST_LINES;
  return [
    ...problems
      .slice(0, MOST_LINES)
      .map(({ line, message }) => `${file.path}, line ${line}, counts for nothing: ${message}.`),
    ...(more > 0 ? [`${file.path}: ${more} more ${more === 1 ? 'line counts' : 'lines count'} for nothing.`] : []),
  ];
}

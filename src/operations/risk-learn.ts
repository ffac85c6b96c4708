/**
 * Learns from the past of a repository which of its files conflict: it does the merges of the base again, in a clone.
 *
 *     parasol risk learn --repo PATH --base main
 *     parasol risk learn --limit 500
 *
 * What it finds is kept in your cache folder, never in the repository, and makes the estimates of `risk` sharper for that
 * repository. A base onto which pull requests are squashed or rebased has no merges to learn from. It needs a clone.
 */
import * as z from 'zod';
import { UserError } from '../core/failure.ts';
import { type RepositoryRef, repositoryKey } from '../core/task/identity.ts';
import { replayMerges } from '../git/replay-merges.ts';
import { fileTrouble } from '../store/file-trouble.ts';
import { type LearnedMerges, saveLearned } from './conflict-history-file.ts';
import type { Operation, OperationContext } from './operation.ts';
import { parseRepository } from './repository-input.ts';
import { type RiskClone, withClone } from './risk-clone.ts';
import { findCloneBase } from './risk-of-clone.ts';
import { riskInput } from './risk-schema.ts';

const MOST_FILES = 20;
const LIMIT = 'is a whole number from 1 to 20000';

const { repository, clone, base } = riskInput;
const input = z.object({
  ...{ clone, base },
  repository: repository.describe(
    'owner/repo, for the checkout that one is in: it has to come from there; GitHub is not asked',
  ),
  limit: z.coerce
    .number({ error: LIMIT })
    .int(LIMIT)
    .min(1, LIMIT)
    .max(20_000, LIMIT)
    .describe('the newest so many merges; 2000 when left out')
    .default(2000),
});

const output = z.object({
  base: z.object({ name: z.string(), commit: z.string() }).readonly(),
  commits: z.int().describe("of the base's first parents"),
  shallow: z.boolean().describe('the clone was cut off: its history ends before that of the repository'),
  merges: z.int().describe('done again'),
  conflicted: z.int().describe('of those, the ones that somebody resolved by hand'),
  unknown: z.int().describe('merges that could not be done again'),
  files: z
    .array(
      z
        .object({
          path: z.string(),
          merges: z.int(),
          conflicts: z.int(),
          lastConflictAt: z.string().nullable(),
        })
        .readonly(),
    )
    .readonly()
    .describe('those that conflicted most, at most 20'),
  keptIn: z
    .string()
    .nullable()
    .describe('the file on this machine; null where there was nothing to keep, or it cannot be kept'),
  notKept: z.string().nullable().describe('what keeps it from being kept; null where nothing does'),
  learnedFor: z.string().describe('whose estimates it sharpens: a repository on a server, or this clone alone'),
});

export const riskLearn: Operation<typeof input, typeof output> = {
  name: 'risk.learn',
  summary: 'Learn from the merges of a clone which files conflict, for estimates.',
  effect: 'read',
  input,
  output,
  run: learn,
};

async function learn(context: OperationContext, asked: z.output<typeof input>): Promise<z.output<typeof output>> {
  if (asked.clone === undefined) {
    const hint = 'Run it inside a checkout, or name a clone: parasol risk learn --repo PATH.';
    throw new UserError('usage', 'Merges are done again in a clone, and none was given.', hint);
  }
  const wanted = asked.repository === undefined ? null : parseRepository(asked.repository);
  return withClone(context, { path: asked.clone }, async (opened) => {
    if (wanted !== null) demandOrigin(opened, wanted);
    const found = await findCloneBase(opened, asked.base);
    const replay = await replayMerges(opened.repository, {
      base: found,
      limit: asked.limit,
      onProgress: (done, total) => context.onProgress?.({ label: 'doing merges again', done, total }),
      ...(context.stop === undefined ? {} : { signal: context.stop }),
    });
    const merges = replay.merges.map(({ at, files, conflicts }) => ({ at, files, conflicts }));
    const learned = { learnedAt: context.now(), merges };
    const { origin } = opened;
    const kept = merges.length === 0 ? { keptIn: null, notKept: null } : await keep(opened.cacheFolder, learned);
    return {
      base: { name: found.name, commit: found.commit },
      commits: replay.commits,
      shallow: opened.repository.shallow.size > 0,
      merges: merges.length,
      conflicted: merges.filter(({ conflicts }) => conflicts.length > 0).length,
      unknown: replay.unknown,
      files: replay.files.filter(({ conflicts }) => conflicts > 0).slice(0, MOST_FILES),
      ...kept,
      learnedFor: origin === null ? opened.path : `${origin.owner}/${origin.repo} on ${origin.host}`,
    };
  });
}

/** What is learned is kept for where a clone comes from: of another one it would never be read, or sharpen the wrong estimates. */
function demandOrigin({ path, origin }: RiskClone, { owner, repo }: RepositoryRef): void {
  const isSame = origin !== null && repositoryKey(origin) === repositoryKey({ owner, repo });
  if (isSame) return;
  const comes =
    origin === null
      ? 'has no remote "origin" that tells where it comes from'
      : `comes from ${origin.owner}/${origin.repo} on ${origin.host}`;
  const hint = `Name a clone of ${owner}/${repo}; or leave the repository out, to learn for ${origin === null ? 'this clone alone' : 'that one'}: parasol risk learn --repo PATH.`;
  throw new UserError(
    'usage',
    `The clone at ${JSON.stringify(path)} ${comes}, and ${owner}/${repo} was asked for.`,
    hint,
  );
}

/** What was found is told in any case: it took minutes. */
async function keep(folder: string, learned: LearnedMerges) {
  try {
    return { keptIn: await saveLearned(folder, learned), notKept: null };
  } catch (cause) {
    return { keptIn: null, notKept: fileTrouble(folder, cause) };
  }
}

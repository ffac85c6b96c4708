/**
 * Says what the token at hand can read of a repository, which of Parasol's features that gives, and what is missing.
 *
 *     parasol doctor
 *     parasol doctor octo/harbor --json
 *
 * It tries each read once and never writes. Without a token it still tells what public things can be read.
 */
import * as z from 'zod';
import { probeAccess } from '../github/probe-access.ts';
import type { Operation, OperationContext } from './operation.ts';
import { repositoryOf } from './repository-input.ts';

const input = z.object({
  repository: z.string().describe('owner/repo; the default repository when left out').optional(),
});

const output = z.object({
  repository: z.string().nullable(),
  probes: z
    .array(
      z
        .object({
          feature: z.string().describe('what was tried'),
          ok: z.boolean(),
          detail: z.string(),
          permission: z.string().nullable().describe('what would make it work'),
          unlocks: z.string().describe('what Parasol can do with it'),
        })
        .readonly(),
    )
    .readonly(),
});

export const doctor: Operation<typeof input, typeof output> = {
  name: 'doctor',
  summary: 'Say what the token can read, which features that gives, and what is missing. Never writes.',
  effect: 'read',
  input,
  output,
  run: probeRepository,
};

async function probeRepository(
  context: OperationContext,
  { repository: asked }: z.output<typeof input>,
): Promise<z.output<typeof output>> {
  const isNamed = asked !== undefined || context.defaultRepository !== null;
  const repository = isNamed ? repositoryOf(context, asked) : null;
  const probes = await probeAccess(context.github, repository);
  return { repository: repository === null ? null : `${repository.owner}/${repository.repo}`, probes };
}

/**
 * Proposes a configuration for a repository: at most 15 lines of `.github/parasol.yml`, each with the reason it is there,
 * from the repository's labels, issue forms, CODEOWNERS and the planned ids in its titles.
 *
 *     parasol init             prints the proposal
 *     parasol init --write     commits it to the default branch
 *
 * The operation itself writes nothing: it returns the change. Where a configuration exists already, it returns none.
 */
import * as z from 'zod';
import { proposeConfig, renderProposedConfig } from '../core/onboarding/propose-config.ts';
import { loadOnboardingFacts } from '../github/load-onboarding-facts.ts';
import { changeSchema } from './change-schema.ts';
import { CONFIG_PATH } from './config-in-force.ts';
import type { Operation, OperationContext } from './operation.ts';
import { repositoryOf } from './repository-input.ts';

const input = z.object({
  repository: z.string().describe('owner/repo; the default repository when left out').optional(),
});

const output = z.object({
  repository: z.string(),
  path: z.string(),
  text: z.string().describe('the proposed file'),
  lines: z.array(z.object({ yaml: z.string(), reason: z.string() }).readonly()).readonly(),
  exists: z.boolean().describe('a configuration is there already; it is never overwritten'),
  changes: z.array(changeSchema).readonly(),
});

export const init: Operation<typeof input, typeof output> = {
  name: 'init',
  summary: 'Propose at most 15 lines of configuration from what the repository shows, each with its reason.',
  effect: 'read',
  input,
  output,
  run: proposeFile,
};

async function proposeFile(
  context: OperationContext,
  { repository: asked }: z.output<typeof input>,
): Promise<z.output<typeof output>> {
  const repository = repositoryOf(context, asked);
  const { facts, hasConfig } = await loadOnboardingFacts(context.github, repository);
  const lines = proposeConfig(facts);
  const text = renderProposedConfig(lines);
  const change = {
    kind: 'put_file' as const,
    repository,
    path: CONFIG_PATH,
    text,
    message: 'Configure Parasol',
  };
  return {
    repository: `${repository.owner}/${repository.repo}`,
    path: CONFIG_PATH,
    text,
    lines,
    exists: hasConfig,
    changes: hasConfig ? [] : [change],
  };
}

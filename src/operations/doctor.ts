/**
 * Says what the token at hand can read of a repository, which of Parasol's features that gives, and what is missing.
 *
 *     parasol doctor
 *     parasol doctor octo/harbor --json
 *
 * Of a configuration that is broken it tells line, reason and fix, and which version holds in its place; where one has checks
 * posted, whether the App hears of merge queues, which wait for them. It tries each read
 * once and never writes. Without a token it still tells what public things can be read.
 */
import * as z from 'zod';
import { UserError } from '../core/failure.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { AccessProbe } from '../github/access-probe.ts';
import { loadConfig } from '../github/load-config.ts';
import { probeAccess, probeMergeQueue } from '../github/probe-access.ts';
import { configInForce } from './config-in-force.ts';
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
  const access = await probeAccess(context.github, repository);
  const isSeen = access.some(({ feature, ok }) => feature === 'contents' && ok);
  const probes = repository !== null && isSeen ? [...access, ...(await probeConfig(context, repository))] : access;
  return { repository: repository === null ? null : `${repository.owner}/${repository.repo}`, probes };
}

/** The configuration, and what it asks for besides what every feature reads. */
async function probeConfig({ github }: OperationContext, repository: RepositoryRef): Promise<readonly AccessProbe[]> {
  const probe = {
    feature: 'configuration',
    permission: null,
    unlocks: 'planned ids, lanes, fields and modes of your own',
  };
  try {
    const loaded = await loadConfig(github, repository);
    const { remarks, config } = configInForce(loaded, repository.owner);
    const unread = loaded.gaps.filter(({ cause }) => cause !== 'invalid').map(({ what }) => `Could not read ${what}.`);
    const isThere = loaded.configText !== null || loaded.ownerConfigText !== null;
    const said = [...remarks, ...unread];
    const fine = isThere ? 'valid' : 'none: the defaults hold';
    const postsChecks = [config.risk.mode, config.readiness.mode].some((mode) => POSTING.has(mode));
    return [
      { ...probe, ok: said.length === 0, detail: said.length === 0 ? fine : said.join(' ') },
      ...(postsChecks ? [await probeMergeQueue(github, repository)] : []),
    ];
  } catch (error) {
    if (error instanceof UserError) return [{ ...probe, ok: false, detail: error.message }];
    throw error;
  }
}

/** Modes in which a check is posted, which a merge queue may then require. */
const POSTING: ReadonlySet<string> = new Set(['comment', 'enforce']);

/**
 * Lists a repository's umbrellas: the tasks that have sub-issues, and how far each has come.
 *
 *     parasol umbrella list --repo octo/harbor
 *     parasol umbrella list --all --json
 *
 * With `all`, tasks that carry an umbrella label or type but have no child yet are listed too. It reads the whole
 * repository once and writes nothing.
 */
import * as z from 'zod';
import { listUmbrellas, type UmbrellaSummary } from '../core/umbrella/list-umbrellas.ts';
import { loadRepository } from '../github/load-repository.ts';
import { configInForce } from './config-in-force.ts';
import type { Operation, OperationContext } from './operation.ts';
import { repositoryOf } from './repository-input.ts';
import { countedStateSchema, gapSchema } from './rollup-schema.ts';

const input = z.object({
  repository: z.string().describe('owner/repo; the default repository when left out').optional(),
  all: z.boolean().describe('also umbrellas without children').default(false),
});

const summary = z.object({
  ref: z.string().describe('owner/repo#number'),
  plannedId: z.string().nullable(),
  title: z.string(),
  url: z.string(),
  children: z.int().describe('direct children'),
  done: z.int().describe('direct children that are done or integrated'),
  dropped: z.int().describe('direct children that were dropped: no part of the percentage'),
  percentComplete: z.int().nullable().describe('null when nothing is relevant'),
  state: countedStateSchema,
});

const output = z.object({
  umbrellas: z.array(summary).readonly().describe('by number'),
  gaps: z.array(gapSchema).readonly().describe('what could not be read'),
  remarks: z.array(z.string()).readonly(),
});

export const umbrellaList: Operation<typeof input, typeof output> = {
  name: 'umbrella.list',
  summary: 'List the umbrellas of a repository with how far each has come.',
  effect: 'read',
  input,
  output,
  run: listInOrder,
};

async function listInOrder(
  context: OperationContext,
  { repository, all }: z.output<typeof input>,
): Promise<z.output<typeof output>> {
  const snapshot = await loadRepository(context.github, repositoryOf(context, repository), progressOf(context));
  const { config, remarks } = configInForce(snapshot, snapshot.repository.owner);
  const umbrellas = listUmbrellas(snapshot, { config, now: context.now(), all });
  return { umbrellas: umbrellas.toSorted(byNumber), gaps: snapshot.gaps, remarks };
}

function byNumber(a: UmbrellaSummary, b: UmbrellaSummary): number {
  return numberIn(a.ref) - numberIn(b.ref) || (a.ref < b.ref ? -1 : 1);
}

const numberIn = (ref: string): number => Number(ref.slice(ref.lastIndexOf('#') + 1));

const progressOf = (context: OperationContext) =>
  context.onProgress === undefined ? {} : { onProgress: context.onProgress };

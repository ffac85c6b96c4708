import { findRepository } from '../find-record.ts';
import { serializeBranch } from '../serialize/serialize-branch.ts';
import {
  type CommitPlace,
  serializeCheckRunForWebhook,
  serializeCheckSuite,
} from '../serialize/serialize-check-run.ts';
import { serializeCommit } from '../serialize/serialize-commit.ts';
import { serializeSimpleStatus } from '../serialize/serialize-status.ts';
import type { StatusRecord } from '../world.ts';
import type { JsonObject } from './json.ts';
import type { PayloadContext } from './payload-context.ts';

/** What `check_run`, `check_suite` and `status` say of their commit. */
export function buildCheckFields(context: PayloadContext): JsonObject {
  const { world, event, baseUrl } = context;
  const { sha = '', checkRun, status, app = '', workflowRun } = event.details;
  const repository = findRepository(world, event.repository);
  const commit = repository?.commits.get(sha);
  if (repository === null || commit === undefined) return {};
  const place = { repository, commit };
  if (checkRun !== undefined) return { check_run: serializeCheckRunForWebhook(world, place, checkRun, baseUrl) };
  if (status !== undefined) return statusFields(context, place, status);
  const suite = { app, ...(workflowRun === undefined ? {} : { workflowRun }) };
  const { repository: _, ...shown } = serializeCheckSuite(world, place, suite, baseUrl);
  return { check_suite: shown };
}

function statusFields({ world, baseUrl }: PayloadContext, place: CommitPlace, status: StatusRecord): JsonObject {
  const { repository, commit } = place;
  const { url, ...shown } = serializeSimpleStatus(place, status, baseUrl);
  const branches = [...repository.branches].filter(([, head]) => head === commit.sha);
  return {
    id: shown.id,
    sha: commit.sha,
    name: `${repository.owner}/${repository.name}`,
    target_url: null,
    avatar_url: shown.avatar_url,
    context: shown.context,
    description: shown.description,
    state: shown.state,
    commit: serializeCommit(world, repository, commit, baseUrl),
    branches: branches.map(([name, head]) => serializeBranch(repository, name, head, baseUrl)),
    created_at: shown.created_at,
    updated_at: shown.updated_at,
  };
}

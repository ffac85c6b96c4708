import { reportCheckRun, reportStatus } from '../actions/report-checks.ts';
import { WorldRefusal } from '../actions/world-refusal.ts';
import { checkSuitesIn, latestRuns } from '../check-suites.ts';
import { type Answer, created, notFound, ok } from '../http/answer.ts';
import { isObject } from '../http/json-body.ts';
import { countedPage, pageOf } from '../http/pages.ts';
import { findByDatabaseId } from '../node-id.ts';
import { type CommitPlace, serializeCheckRun, serializeCheckSuite } from '../serialize/serialize-check-run.ts';
import { latestStatuses, serializeCombinedStatus, serializeStatus } from '../serialize/serialize-status.ts';
import type { CheckOutputRecord, CheckRunRecord } from '../world.ts';
import { nullableText, optionalChoice, optionalText, requireText } from './body-fields.ts';
import { requireCommit } from './find-commit.ts';
import { type RepositoryCall, reading, repositoryRoutes, writing } from './route.ts';

const REPORTING = { ...writing('write', 'checks'), appsOnly: true };
const ON_COMMIT = '/commits/:ref{.+}';

export const CHECK_ROUTES = repositoryRoutes(
  ['GET', `${ON_COMMIT}/check-runs`, 'checks/list-for-ref', reading('checks'), listCheckRuns],
  ['GET', `${ON_COMMIT}/check-suites`, 'checks/list-suites-for-ref', reading('checks'), listCheckSuites],
  ['GET', `${ON_COMMIT}/status`, 'repos/get-combined-status-for-ref', reading('statuses'), getCombinedStatus],
  ['GET', `${ON_COMMIT}/statuses`, 'repos/list-commit-statuses-for-ref', reading('statuses'), listStatuses],
  ['POST', '/statuses/:sha', 'repos/create-commit-status', writing('write', 'statuses'), createStatus],
  ['POST', '/check-runs', 'checks/create', REPORTING, createCheckRun],
  ['GET', '/check-runs/:check_run_id', 'checks/get', reading('checks'), getCheckRun],
  ['PATCH', '/check-runs/:check_run_id', 'checks/update', REPORTING, updateCheckRun],
);

const STATUSES = ['queued', 'in_progress', 'completed'] as const;
const CONCLUSIONS = ['success', 'failure', 'neutral', 'cancelled', 'skipped', 'timed_out', 'action_required'] as const;

function listCheckRuns(call: RepositoryCall): Answer {
  const { world, query, baseUrl } = call;
  const place = placeOf(call);
  const name = query.get('check_name');
  const status = query.get('status');
  const isWanted = (run: CheckRunRecord) =>
    (name === null || run.name === name) && (status === null || run.status === status);
  const runs = place.commit.checkRuns.filter(isWanted);
  const shown = query.get('filter') === 'all' ? runs : latestRuns(runs);
  return countedPage(call.url, 'check_runs', {
    items: shown,
    show: (run) => serializeCheckRun(world, place, run, baseUrl),
  });
}

function listCheckSuites(call: RepositoryCall): Answer {
  const { world, baseUrl } = call;
  const place = placeOf(call);
  return countedPage(call.url, 'check_suites', {
    items: checkSuitesIn(place.commit),
    show: ([first]) => serializeCheckSuite(world, place, first, baseUrl),
  });
}

function getCombinedStatus(call: RepositoryCall): Answer {
  return ok(serializeCombinedStatus(call.world, placeOf(call), call.baseUrl));
}

function listStatuses(call: RepositoryCall): Answer {
  const place = placeOf(call);
  const newestFirst = [...place.commit.statuses].reverse();
  return pageOf(newestFirst, call.url, (status) => serializeStatus(call.world, place, status, call.baseUrl));
}

function createStatus(call: RepositoryCall): Answer {
  const { world, repository, repositoryKey, actor, body, parameters } = call;
  const sha = requireCommit(repository, parameters.sha ?? '').sha;
  const state = optionalChoice(body, 'state', ['error', 'failure', 'pending', 'success']);
  if (state === undefined) throw new WorldRefusal(422, 'Invalid request.\n\n"state" wasn\'t supplied.');
  const context = body.context === undefined ? 'default' : requireText(body, 'context');
  const description = nullableText(body, 'description') ?? null;
  reportStatus(world, actor, { repository: repositoryKey, sha, context, state, description });
  const place = { repository, commit: requireCommit(repository, sha) };
  const status = latestStatuses(place.commit.statuses).find((one) => one.context === context);
  return status === undefined ? notFound() : created(serializeStatus(world, place, status, call.baseUrl));
}

function createCheckRun(call: RepositoryCall): Answer {
  const { repository, body } = call;
  const name = requireText(body, 'name');
  const commit = requireCommit(repository, requireText(body, 'head_sha'));
  return created(report(call, { place: { repository, commit }, name }));
}

function getCheckRun(call: RepositoryCall): Answer {
  const { run, ...place } = requireCheckRun(call);
  return ok(serializeCheckRun(call.world, place, run, call.baseUrl));
}

function updateCheckRun(call: RepositoryCall): Answer {
  const { run, ...place } = requireCheckRun(call);
  if (run.app !== appSlug(call)) throw new WorldRefusal(403, 'Invalid app_id: the check run belongs to another App.');
  const isFinished = run.status === 'completed';
  if (isFinished && optionalText(call.body, 'status') !== 'completed' && call.body.status !== undefined)
    throw new WorldRefusal(422, 'The sandbox does not reopen a completed check run.');
  return ok(report(call, { place, name: run.name, run }));
}

interface Reported {
  readonly place: CommitPlace;
  readonly name: string;
  readonly run?: CheckRunRecord;
}

function report(call: RepositoryCall, { place, name, run }: Reported) {
  const status = optionalChoice(call.body, 'status', STATUSES);
  const conclusion = optionalChoice(call.body, 'conclusion', CONCLUSIONS) ?? run?.conclusion ?? undefined;
  const output = readOutput(call.body.output);
  const reported = reportCheckRun(call.world, call.actor, {
    repository: call.repositoryKey,
    sha: place.commit.sha,
    name,
    app: appSlug(call),
    ...(conclusion === undefined ? { status: status ?? 'queued' } : { conclusion }),
    ...(output === null ? {} : { output }),
    ...(run === undefined ? {} : { run }),
  });
  return serializeCheckRun(call.world, place, reported, call.baseUrl);
}

/** Null where none is given. GitHub wants a title and a summary. */
function readOutput(output: unknown): CheckOutputRecord | null {
  if (output === undefined) return null;
  if (!isObject(output))
    throw new WorldRefusal(422, 'Invalid request.\n\nFor "properties/output", it is not an object.');
  return {
    title: requireText(output, 'title'),
    summary: requireText(output, 'summary'),
    text: nullableText(output, 'text') ?? null,
  };
}

function requireCheckRun({ world, repository, parameters }: RepositoryCall): CommitPlace & { run: CheckRunRecord } {
  const node = findByDatabaseId(world, 'CheckRun', Number(parameters.check_run_id));
  if (node === null || node.repository !== repository) throw new WorldRefusal(404, 'Not Found');
  return { repository, commit: node.commit, run: node.record };
}

function appSlug({ actor }: RepositoryCall): string {
  return actor.replace('[bot]', '');
}

function placeOf({ repository, parameters }: RepositoryCall): CommitPlace {
  return { repository, commit: requireCommit(repository, parameters.ref ?? '') };
}

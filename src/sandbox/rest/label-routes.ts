import { deleteLabel, demandLabelName, label, setLabels, unlabel } from '../actions/label.ts';
import { WorldRefusal } from '../actions/world-refusal.ts';
import { addLabel } from '../create-world.ts';
import { type Answer, created, noContent, notFound, ok } from '../http/answer.ts';
import { pageOf } from '../http/pages.ts';
import { serializeLabel, serializeLabels } from '../serialize/serialize-label.ts';
import { nullableText, optionalNames, optionalText, requireText } from './body-fields.ts';
import { type RepositoryCall, reading, repositoryRoutes, writing } from './route.ts';
import { itemKeyOf, requireItemOf } from './show-issue.ts';

const READING = reading('issues', 'pull_requests');
const SORTING = writing('triage', 'issues', 'pull_requests');
const MANAGING = writing('write', 'issues', 'pull_requests');

export const LABEL_ROUTES = repositoryRoutes(
  ['GET', '/labels', 'issues/list-labels-for-repo', READING, listLabels],
  ['POST', '/labels', 'issues/create-label', MANAGING, createLabel],
  ['GET', '/labels/:name', 'issues/get-label', READING, getLabel],
  ['DELETE', '/labels/:name', 'issues/delete-label', MANAGING, deleteLabelOf],
  ['GET', '/issues/:issue_number/labels', 'issues/list-labels-on-issue', READING, listLabelsOnIssue],
  ['POST', '/issues/:issue_number/labels', 'issues/add-labels', SORTING, addLabels],
  ['PUT', '/issues/:issue_number/labels', 'issues/set-labels', SORTING, replaceLabels],
  ['DELETE', '/issues/:issue_number/labels', 'issues/remove-all-labels', SORTING, removeAllLabels],
  ['DELETE', '/issues/:issue_number/labels/:name', 'issues/remove-label', SORTING, removeLabel],
);

function listLabels({ repository, url, baseUrl }: RepositoryCall): Answer {
  const byName = [...repository.labels.values()].sort((one, other) => one.name.localeCompare(other.name));
  return pageOf(byName, url, (record) => serializeLabel(repository, record, baseUrl));
}

function createLabel({ world, repository, body, baseUrl }: RepositoryCall): Answer {
  const name = requireText(body, 'name');
  const color = optionalText(body, 'color');
  const description = nullableText(body, 'description') ?? null;
  const refuse = (field: string, code: 'already_exists' | 'invalid') =>
    new WorldRefusal(422, 'Validation Failed', [{ resource: 'Label', field, code }]);
  demandLabelName(name);
  if (repository.labels.has(name.toLowerCase())) throw refuse('name', 'already_exists');
  if (color !== undefined && !/^[0-9a-f]{6}$/i.test(color)) throw refuse('color', 'invalid');
  const record = addLabel(world, repository, { name, description, ...(color === undefined ? {} : { color }) });
  return created(serializeLabel(repository, record, baseUrl));
}

function getLabel({ repository, parameters, baseUrl }: RepositoryCall): Answer {
  const record = repository.labels.get((parameters.name ?? '').toLowerCase());
  return record === undefined ? notFound() : ok(serializeLabel(repository, record, baseUrl));
}

function deleteLabelOf({ world, repository, parameters }: RepositoryCall): Answer {
  deleteLabel(world, repository, parameters.name ?? '');
  return noContent();
}

function listLabelsOnIssue(call: RepositoryCall): Answer {
  const labels = serializeLabels(call.repository, requireItemOf(call).labels, call.baseUrl);
  return pageOf(labels, call.url, (json) => json);
}

function addLabels(call: RepositoryCall): Answer {
  label(call.world, call.actor, { item: itemKeyOf(call), labels: optionalNames(call.body, 'labels') ?? [] });
  return ok(serializeLabels(call.repository, requireItemOf(call).labels, call.baseUrl));
}

function replaceLabels(call: RepositoryCall): Answer {
  setLabels(call.world, call.actor, { item: itemKeyOf(call), labels: optionalNames(call.body, 'labels') ?? [] });
  return ok(serializeLabels(call.repository, requireItemOf(call).labels, call.baseUrl));
}

function removeAllLabels(call: RepositoryCall): Answer {
  setLabels(call.world, call.actor, { item: itemKeyOf(call), labels: [] });
  return noContent();
}

function removeLabel(call: RepositoryCall): Answer {
  unlabel(call.world, call.actor, { item: itemKeyOf(call), label: call.parameters.name ?? '' });
  return ok(serializeLabels(call.repository, requireItemOf(call).labels, call.baseUrl));
}

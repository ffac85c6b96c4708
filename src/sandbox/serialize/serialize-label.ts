import type { LabelRecord, RepositoryRecord } from '../world.ts';
import { repositoryUrls } from './urls.ts';

const DEFAULT_LABELS = new Set([
  'bug',
  'documentation',
  'duplicate',
  'enhancement',
  'good first issue',
  'help wanted',
  'invalid',
  'question',
  'wontfix',
]);

/** A label as REST and webhooks show it. */
export function serializeLabel(repository: RepositoryRecord, label: LabelRecord, baseUrl: string) {
  return {
    id: label.id,
    node_id: label.nodeId,
    url: `${repositoryUrls(repository, baseUrl).api}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: DEFAULT_LABELS.has(label.name),
    description: label.description,
  };
}

/** The labels that an item carries, in the order they were put on. */
export function serializeLabels(repository: RepositoryRecord, names: Iterable<string>, baseUrl: string) {
  return [...names].flatMap((name) => {
    const label = repository.labels.get(name.toLowerCase());
    return label === undefined ? [] : [serializeLabel(repository, label, baseUrl)];
  });
}

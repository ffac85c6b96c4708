import { latestOf } from '../../latest-release.ts';
import type { FieldTable } from '../field-table.ts';
import { actor, commitSource, type Source, tagSource } from '../source.ts';

export const releaseFields: FieldTable<Source<'Release'>> = {
  id: ({ record }) => record.nodeId,
  databaseId: ({ record }) => record.id,
  name: ({ record }) => record.name,
  description: ({ record }) => record.body,
  author: ({ record }, _args, context) => {
    const account = actor(context, record.author);
    return account?.type === 'User' ? account : null;
  },
  tagName: ({ record }) => record.tag,
  tag: ({ repository, record }) => tagSource(repository, record.tag),
  tagCommit: ({ repository, record }) => commitSource(repository, repository.tags.get(record.tag) ?? null),
  isDraft: ({ record }) => record.isDraft,
  isPrerelease: ({ record }) => record.isPrerelease,
  isLatest: ({ repository, record }) => latestOf(repository) === record,
  createdAt: ({ record }) => record.createdAt,
  publishedAt: ({ record }) => record.publishedAt,
  updatedAt: ({ record }) => record.publishedAt ?? record.createdAt,
  repository: ({ repository }) => ({ type: 'Repository', record: repository }),
  url: (source, _args, { baseUrl }) => baseUrl + pathOf(source),
  resourcePath: pathOf,
};

function pathOf({ repository, record }: Source<'Release'>): string {
  return `/${repository.owner}/${repository.name}/releases/tag/${record.tag}`;
}

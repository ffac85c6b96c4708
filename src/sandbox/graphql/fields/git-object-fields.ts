import { gitIdOf } from '../../git/git-objects.ts';
import type { FieldTable } from '../field-table.ts';
import { entriesOf, treeOid } from '../git-object.ts';
import type { BlobSource, TreeSource } from '../source.ts';
import { syntheticNodeId } from '../synthetic-node-id.ts';

/** GitHub cuts a blob's text off at 512 KiB. */
const TEXT_LIMIT_BYTES = 512 * 1024;

const FILE_MODE = 0o100644;
const FOLDER_MODE = 0o040000;

const bytesOf = ({ text }: BlobSource): Buffer => Buffer.from(text, 'utf8');
/** As git tells: by a NUL among the first bytes. https://git-scm.com/docs/gitattributes#_marking_files_as_binary */
const isBinary = (source: BlobSource): boolean => bytesOf(source).subarray(0, 8_000).includes(0);

const oidOf = (source: BlobSource | TreeSource): string =>
  source.type === 'Blob' ? gitIdOf('blob', source.text) : treeOid(source);
const nameOf = ({ path }: BlobSource | TreeSource): string => path.slice(path.lastIndexOf('/') + 1);

export const blobFields: FieldTable<BlobSource> = {
  id: (source) => syntheticNodeId('Blob', `${source.repository.id}:${oidOf(source)}`),
  oid: oidOf,
  abbreviatedOid: (source) => oidOf(source).slice(0, 7),
  repository: ({ repository }) => ({ type: 'Repository', record: repository }),
  text: (source) => (isBinary(source) ? null : bytesOf(source).subarray(0, TEXT_LIMIT_BYTES).toString('utf8')),
  byteSize: (source) => bytesOf(source).length,
  isBinary,
  isTruncated: (source) => bytesOf(source).length > TEXT_LIMIT_BYTES,
};

export const treeFields: FieldTable<TreeSource> = {
  id: (source) => syntheticNodeId('Tree', `${source.repository.id}:${oidOf(source)}`),
  oid: oidOf,
  abbreviatedOid: (source) => oidOf(source).slice(0, 7),
  repository: ({ repository }) => ({ type: 'Repository', record: repository }),
  entries: (source) => entriesOf(source),
};

export const treeEntryFields: FieldTable<BlobSource | TreeSource> = {
  name: nameOf,
  path: ({ path }) => path,
  type: ({ type }) => type.toLowerCase(),
  mode: ({ type }) => (type === 'Blob' ? FILE_MODE : FOLDER_MODE),
  oid: oidOf,
  size: (source) => (source.type === 'Blob' ? bytesOf(source).length : 0),
  extension: (source) => /\.[^.]*$/.exec(nameOf(source))?.[0] ?? '',
  object: (source) => source,
  repository: ({ repository }) => ({ type: 'Repository', record: repository }),
};

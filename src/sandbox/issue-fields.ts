import { addAccount } from './create-world.ts';
import { newIds, register } from './node-id.ts';
import type { IssueFieldRecord, World } from './world.ts';

export interface NewIssueField {
  /** Login of the organization. */
  readonly owner: string;
  readonly name: string;
  readonly type?: IssueFieldRecord['type'];
  /** Default as on GitHub: members of the organization only. */
  readonly visibility?: IssueFieldRecord['visibility'];
  /** For a single select field. */
  readonly options?: readonly string[];
}

/** Gives an organization's issues a field, of text unless it says otherwise; one of that name comes back as it is. */
export function addIssueField(world: World, input: NewIssueField): IssueFieldRecord {
  const owner = addAccount(world, { login: input.owner, type: 'Organization' }).login;
  const existing = findIssueField(world, owner, input.name);
  if (existing !== null) return existing;
  const record: IssueFieldRecord = {
    ...newIds(world, 'IssueField'),
    owner,
    name: input.name,
    type: input.type ?? 'text',
    visibility: input.visibility ?? 'org_only',
    options: input.options ?? [],
    createdAt: world.now(),
  };
  world.issueFields.set(owner.toLowerCase(), [...issueFieldsOf(world, owner), record]);
  register(world, { type: 'IssueField', record });
  return record;
}

/** In order of creation. */
export function issueFieldsOf(world: World, owner: string): readonly IssueFieldRecord[] {
  return world.issueFields.get(owner.toLowerCase()) ?? [];
}

/** By name in any case. */
export function findIssueField(world: World, owner: string, name: string): IssueFieldRecord | null {
  const wanted = name.toLowerCase();
  return issueFieldsOf(world, owner).find((field) => field.name.toLowerCase() === wanted) ?? null;
}

import { beforeEach, describe, expect, it } from 'vitest';
import { deleteIssue, transferIssue } from '../../../src/sandbox/actions/remove-issue.ts';
import { setIssueField } from '../../../src/sandbox/actions/set-issue-field.ts';
import { advanceClock, findByNodeId } from '../../../src/sandbox/create-world.ts';
import { addIssueField } from '../../../src/sandbox/issue-fields.ts';
import { makeSampleWorld, type SampleWorld } from '../sample-world.ts';
import { refusalOf } from './refusal-of.ts';

let sample: SampleWorld;

beforeEach(() => {
  sample = makeSampleWorld();
  sample.issue('First');
  const { world } = sample;
  addIssueField(world, { owner: 'octo', name: 'Evidence' });
  addIssueField(world, { owner: 'octo', name: 'Effort', type: 'number' });
  addIssueField(world, { owner: 'octo', name: 'Due', type: 'date' });
  addIssueField(world, { owner: 'octo', name: 'Size', type: 'single_select', options: ['small', 'large'] });
});

const set = (field: string, value: string | number | null) =>
  setIssueField(sample.world, 'kim', { item: sample.at(1), field, value });
const values = () => sample.home.issues.get(1)?.fieldValues.map(({ field, value }) => [field.name, value]);

describe('an issue field', () => {
  it('keeps values of its type, in the order in which they were first set', () => {
    set('size', 'small');
    set('Effort', '2.5');
    set('Due', '2026-04-01');
    set('Evidence', 'here');
    set('Size', 'large');
    expect(values()).toEqual([
      ['Size', 'large'],
      ['Effort', 2.5],
      ['Due', '2026-04-01'],
      ['Evidence', 'here'],
    ]);
  });

  it('makes the issue younger when it changes, and only then', () => {
    advanceClock(sample.world, 60);
    set('Evidence', 'here');
    const { updatedAt } = sample.home.issues.get(1) ?? {};
    advanceClock(sample.world, 60);
    set('Evidence', 'here');
    expect([updatedAt, sample.home.issues.get(1)?.updatedAt]).toEqual(['2026-03-02T09:01:00Z', updatedAt]);
  });

  it.each([
    ['Effort', 'much', 'much" is no value for the number field Effort'],
    ['Due', 'tomorrow', 'tomorrow" is no value for the date field Due'],
    ['Size', 'huge', 'huge" is no value for the single_select field Size'],
    ['Evidence', '', '" is no value for the text field Evidence'],
    ['Proof', 'x', 'octo has no field "Proof"'],
  ])('%s takes no "%s"', (field, value, reason) => {
    expect(refusalOf(() => set(field, value))).toEqual([422, expect.stringContaining(reason)]);
    expect(values()).toEqual([]);
  });

  it('can be emptied once', () => {
    const { nodeId } = set('Evidence', 'here').fieldValues[0] ?? { nodeId: '' };
    set('Evidence', null);
    expect([values(), findByNodeId(sample.world, nodeId)]).toEqual([[], null]);
    expect(refusalOf(() => set('Evidence', null))).toEqual([404, 'Not Found']);
  });

  it('of one name is made once', () => {
    const again = addIssueField(sample.world, { owner: 'OCTO', name: 'EVIDENCE', type: 'date' });
    expect(again).toMatchObject({ owner: 'octo', name: 'Evidence', type: 'text', visibility: 'org_only' });
  });

  it('goes along to another repository, and away with the issue', () => {
    const { nodeId } = set('Evidence', 'here').fieldValues[0] ?? { nodeId: '' };
    const { number } = transferIssue(sample.world, 'kim', { item: sample.at(1), repository: 'octo/vault' });
    expect(findByNodeId(sample.world, nodeId)).toMatchObject({ repository: { name: 'vault' }, item: { number } });
    deleteIssue(sample.world, 'kim', { item: sample.at(number, 'octo/vault') });
    expect(findByNodeId(sample.world, nodeId)).toBeNull();
  });
});

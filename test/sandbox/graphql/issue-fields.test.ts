import { beforeEach, describe, expect, it } from 'vitest';
import { ANONYMOUS, type Viewer } from '../../../src/sandbox/access/viewer.ts';
import { setIssueField } from '../../../src/sandbox/actions/set-issue-field.ts';
import { addIssueField } from '../../../src/sandbox/issue-fields.ts';
import type { World } from '../../../src/sandbox/world.ts';
import { ask, dataOf, installation, person } from './ask.ts';
import { harborWorld, inHarbor, issue } from './harbor-world.ts';

let world: World;

beforeEach(() => {
  world = harborWorld();
  const item = inHarbor(issue(world, 'Quay'));
  addIssueField(world, { owner: 'octo', name: 'Evidence', visibility: 'all' });
  addIssueField(world, { owner: 'octo', name: 'Effort', type: 'number' });
  addIssueField(world, { owner: 'octo', name: 'Due', type: 'date' });
  addIssueField(world, { owner: 'octo', name: 'Area', type: 'single_select', options: ['crane', 'berth'] });
  const values = { Evidence: 'https://ci.example/1', Effort: 2.5, Due: '2026-06-01', Area: 'crane' };
  for (const [field, value] of Object.entries(values)) setIssueField(world, 'kim', { item, field, value });
});

const VALUES = `issueFieldValues(first: 5) { totalCount nodes { __typename
  ... on IssueFieldValueCommon { field { ... on IssueFieldCommon { name dataType visibility createdAt } } }
  ... on IssueFieldTextValue { value } ... on IssueFieldDateValue { value }
  ... on IssueFieldSingleSelectValue { name value } ... on IssueFieldNumberValue { number: value } } }`;

const inIssue = (selection: string) =>
  `{ repository(owner: "octo", name: "harbor") { issue(number: 1) { ${selection} } } }`;

const countFor = (viewer: Viewer) =>
  JSON.stringify(ask(world, viewer, inIssue('issueFieldValues(first: 5) { totalCount }')));

describe('the fields of an issue', () => {
  it('answer by type', () => {
    const createdAt = '2026-05-04T09:00:00Z';
    const of = (name: string, dataType: string, visibility = 'ORG_ONLY') => ({
      field: { name, dataType, visibility, createdAt },
    });
    expect(dataOf(world, inIssue(VALUES))).toEqual({
      repository: {
        issue: {
          issueFieldValues: {
            totalCount: 4,
            nodes: [
              { __typename: 'IssueFieldTextValue', ...of('Evidence', 'TEXT', 'ALL'), value: 'https://ci.example/1' },
              { __typename: 'IssueFieldNumberValue', ...of('Effort', 'NUMBER'), number: 2.5 },
              { __typename: 'IssueFieldDateValue', ...of('Due', 'DATE'), value: '2026-06-01' },
              {
                __typename: 'IssueFieldSingleSelectValue',
                ...of('Area', 'SINGLE_SELECT'),
                name: 'crane',
                value: 'crane',
              },
            ],
          },
        },
      },
    });
  });

  it.each<[who: string, viewer: (world: World) => Viewer, count: number]>([
    ['a member', () => person('ravi'), 4],
    ['an App that is installed there', (made) => installation(made, { issues: 'read' }), 4],
    ['a stranger', () => person('lena'), 1],
    ['nobody in particular', () => ANONYMOUS, 1],
  ])('show %s what is for them', (_who, viewer, count) => {
    expect(countFor(viewer(world))).toContain(`{"totalCount":${count}}`);
  });

  it('are not there without the permission to read issues', () => {
    expect(countFor(installation(world, { contents: 'read' }))).toContain('FORBIDDEN');
  });

  it('that are for members do not exist for others, by id either', () => {
    const nodes = [...world.nodes].flatMap(([id, { type }]) => (type.startsWith('IssueField') ? [id] : []));
    const { data } = ask(world, person('lena'), 'query($ids: [ID!]!) { nodes(ids: $ids) { __typename } }', {
      ids: nodes,
    });
    const seen = (data as { nodes: ({ __typename: string } | null)[] }).nodes.map((node) => node?.__typename ?? null);
    expect([seen.length, seen.filter((type) => type !== null)]).toEqual([8, ['IssueFieldText', 'IssueFieldTextValue']]);
  });

  it('say so where the sandbox knows no more of them', () => {
    const query = inIssue(
      'issueFieldValues(first: 1) { nodes { ... on IssueFieldTextValue { field { ... on IssueFieldText { description } } } } }',
    );
    expect(JSON.stringify(ask(world, person('kim'), query))).toContain('not modelled: IssueFieldText.description');
  });
});

it("an organization's fields are listed in the order asked for", () => {
  const names = (order: string, viewer: Viewer) => {
    const query = `{ repository(owner: "octo", name: "harbor") { owner { ... on Organization {
      issueFields(first: 9${order}) { nodes { ... on IssueFieldCommon { name } } } } } } }`;
    return [...JSON.stringify(ask(world, viewer, query)).matchAll(/"name":"(\w+)"/g)].map(([, name]) => name);
  };
  expect([
    names('', person('kim')),
    names(', orderBy: { field: NAME, direction: DESC }', person('kim')),
    names('', person('lena')),
  ]).toEqual([
    ['Evidence', 'Effort', 'Due', 'Area'],
    ['Evidence', 'Effort', 'Due', 'Area'].sort().reverse(),
    ['Evidence'],
  ]);
});

import { expect, test } from 'vitest';
import { validateResponse, validateWebhook } from './openapi-validator.ts';

const label = {
  id: 1,
  node_id: 'LA_1',
  url: 'https://api.github.com/repos/o/r/labels/bug',
  name: 'bug',
  color: 'd73a4a',
  default: true,
  description: null,
};

test('an answer that fits its description has no problems', () => {
  expect(validateResponse('GET', '/repos/o/r/labels/bug', 200, label)).toEqual([]);
  expect(validateResponse('GET', '/repos/{owner}/{repo}/labels', 200, [label])).toEqual([]);
});

test('a missing field and a wrong type are named with their place', () => {
  const { name, ...nameless } = label;
  expect(validateResponse('GET', '/repos/o/r/labels', 200, [nameless, { ...label, id: name }])).toEqual([
    '/0: must have required property \'name\' {"missingProperty":"name"}',
    '/1/id: must be integer {"type":"integer"}',
  ]);
});

test('an answer without content must be empty', () => {
  expect(validateResponse('DELETE', '/repos/o/r/labels/bug', 204, undefined)).toEqual([]);
  expect(validateResponse('DELETE', '/repos/o/r/labels/bug', 204, {})).toEqual(['/: must have no body']);
});

test('a path, an operation, a status and a webhook that GitHub does not describe are problems', () => {
  expect(validateResponse('GET', '/nowhere', 200, {})).toEqual(['/nowhere: no such path']);
  expect(validateResponse('PUT', '/repos/o/r/labels/bug', 200, {})).toEqual([
    'PUT /repos/{owner}/{repo}/labels/{name}: no such operation',
  ]);
  expect(validateResponse('GET', '/repos/o/r/labels/bug', 299, {})).toEqual([
    'GET /repos/{owner}/{repo}/labels/{name}: no answer 299',
  ]);
  expect(validateWebhook('issues', 'sneezed', {})).toEqual(['issues-sneezed: no such webhook']);
});

test('a payload that lacks what GitHub always sends is a problem', () => {
  expect(validateWebhook('sub_issues', 'sub_issue_added', { action: 'sub_issue_added' }).length).toBeGreaterThan(0);
});

import { expect, test } from 'vitest';
import { reviewersOfEvent } from '../../../src/surfaces/app/reviewers-of-event.ts';
import { parseWebhookPayload } from '../../../src/surfaces/app/webhook-payload.ts';

const kim = { login: 'kim', type: 'User' };
const base = {
  repository: { name: 'harbor', owner: { login: 'octo' } },
  pull_request: { number: 7 },
  sender: kim,
};
const read = (name: string, payload: object) => reviewersOfEvent(name, parseWebhookPayload({ ...base, ...payload }));
const LOOK = { request: { owner: 'octo', repo: 'harbor', number: 7 }, isClosed: false, removed: null, reviewed: null };
const removal = { action: 'review_request_removed', requested_reviewer: { login: 'noor' } };

test.each([
  ['pull_request', { action: 'opened' }, LOOK],
  ['pull_request', { action: 'ready_for_review' }, LOOK],
  ['pull_request', { action: 'converted_to_draft' }, LOOK],
  ['pull_request', { action: 'closed' }, { ...LOOK, isClosed: true }],
  ['pull_request', removal, { ...LOOK, removed: 'noor' }],
  ['pull_request', { ...removal, sender: { login: 'builder[bot]', type: 'Bot' } }, LOOK],
  ['pull_request', { action: 'review_request_removed', requested_team: { slug: 'api' } }, LOOK],
  ['pull_request_review', { action: 'submitted', review: { user: kim } }, { ...LOOK, reviewed: 'kim' }],
  ['pull_request', { action: 'labeled' }, null],
  ['pull_request_review', { action: 'edited', review: { user: kim } }, null],
  ['issues', { action: 'opened', issue: { number: 7 } }, null],
  ['pull_request', { action: 'opened', repository: undefined }, null],
])('%s %j says who decided what of its reviewers', (name, payload, event) => {
  expect(read(name, payload)).toEqual(event);
});

import { expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../../../src/core/config.ts';
import { buildRollup } from '../../../../src/core/umbrella/build-rollup.ts';
import { NOW, ref, snapshot, taskFacts, umbrellaOf } from '../../build-facts.ts';

const remarksFor = (audience: 'viewer' | 'umbrella_readers', body: string) => {
  const hidden = taskFacts({ ref: ref(4, 'octo/vault'), visibility: 'private', parent: ref(1) });
  const taken = taskFacts({ number: 9, parent: ref(44, 'octo/vault') });
  const facts = snapshot([umbrellaOf([hidden], { body }), hidden, taken]);
  return buildRollup(facts, ref(1), { config: DEFAULT_CONFIG, now: NOW, audience }).remarks;
};

it('names no private parent of a listed issue to readers of the umbrella', () => {
  const said = 'text and links have drifted apart: the text lists #9, which is a sub-issue of';
  expect(remarksFor('viewer', '- [ ] octo/vault#4\n- [ ] #9')).toEqual([`${said} octo/vault#44`]);
  expect(remarksFor('umbrella_readers', '- [ ] octo/vault#4\n- [ ] #9')).toEqual([`${said} another issue`]);
});

it('never says of a hidden sub-issue that it is none', () => {
  expect(remarksFor('umbrella_readers', '- [ ] octo/vault#4')).toEqual([]);
});

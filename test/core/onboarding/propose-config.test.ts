import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../src/core/config.ts';
import type { OnboardingFacts } from '../../../src/core/onboarding/onboarding-facts.ts';
import { MOST_LINES, proposeConfig, renderProposedConfig } from '../../../src/core/onboarding/propose-config.ts';

const NOTHING: OnboardingFacts = { labels: [], issueTypes: [], titles: [], forms: [], codeowners: null };

const FORM = `
name: Task
body:
  - type: markdown
    attributes: { value: Hello }
  - type: input
    attributes: { label: Evidence link, description: A link to the run }
    validations: { required: true }
  - type: textarea
    attributes: { label: Test plan }
  - type: textarea
    attributes: { label: What is it about? }
`;

const propose = (facts: Partial<OnboardingFacts>) => proposeConfig({ ...NOTHING, ...facts });
const yamlOf = (facts: Partial<OnboardingFacts>) => propose(facts).map(({ yaml }) => yaml);

describe('proposeConfig', () => {
  test('proposes only to turn the rollup on where nothing is found', () => {
    expect(yamlOf({})).toEqual(['version: 1', 'rollup: { mode: comment }']);
  });

  test('takes what labels, forms, owners and titles show, each with its reason', () => {
    const lines = propose({
      labels: ['blocked', 'bug', 'lane:api', 'lane:docs', 'umbrella'],
      issueTypes: ['Epic', 'Task'],
      titles: ['P1.M1.T1: Schema', 'P1.M1.T2: Server', 'Something else'],
      forms: [{ path: '.github/ISSUE_TEMPLATE/task.yml', text: FORM }],
      codeowners: { path: 'CODEOWNERS', text: '# who\n/api/ @octo/tides\n*.md @lena # docs\n' },
    });
    expect(lines).toEqual([
      { yaml: 'version: 1', reason: 'the format of this file' },
      { yaml: 'tasks:', reason: 'how tasks are told' },
      { yaml: "  ids: ['P{phase}.M{milestone}.T{task}']", reason: '2 titles like P1.M1.T1' },
      { yaml: '  umbrella: { labels: [umbrella], types: [Epic] }', reason: 'they mark umbrellas here' },
      { yaml: "  lane_label: 'lane:*'", reason: '2 labels: lane:api, lane:docs' },
      { yaml: '  blocked_labels: [blocked]', reason: 'a task with it counts as blocked' },
      { yaml: '  artifacts:', reason: 'fields that the issue forms ask for' },
      {
        yaml: "    - { field: 'Evidence link', from: implemented, is: url }",
        reason: '.github/ISSUE_TEMPLATE/task.yml asks for it',
      },
      {
        yaml: "    - { field: 'Test plan', from: implemented, is: text }",
        reason: '.github/ISSUE_TEMPLATE/task.yml asks for it',
      },
      { yaml: 'lanes:', reason: 'one stream of work each' },
      { yaml: "  api: { labels: ['lane:api'] }", reason: 'label lane:api; CODEOWNERS gives /api/ to @octo/tides' },
      { yaml: "  docs: { labels: ['lane:docs'] }", reason: 'label lane:docs' },
      { yaml: 'rollup: { mode: comment }', reason: 'one comment per umbrella, edited in place; off stops it' },
    ]);
  });

  test('stays within 15 lines, and says how much more it found', () => {
    const labels = [...Array(30).keys()].map((n) => `area/part-${n}`);
    const lines = propose({ labels: ['epic', 'blocked', ...labels], titles: ['ABC-1 x', 'ABC-2 y', 'ABC-3 z'] });
    expect(lines).toHaveLength(MOST_LINES);
    expect(lines.find(({ yaml }) => yaml === 'lanes:')?.reason).toBe('one stream of work each; 23 more found');
    expect(lines.some(({ yaml }) => yaml === "  ids: ['ABC-{task}']")).toBe(true);
  });

  test('is a file that Parasol accepts without a problem', () => {
    const text = renderProposedConfig(
      propose({
        labels: ['Epic!', 'kind/epic', "lane:it's", 'lane:no', 'lane: # x', 'on hold'],
        titles: ['P1.M1.T1: a', 'M7-T01: b'],
        forms: [{ path: '.github/ISSUE_TEMPLATE/task.yml', text: FORM }],
      }),
    );
    expect(parseConfig({ text, ownerText: null }).problems).toEqual([]);
  });

  test('lets no label and no path end its comment or its quotes', () => {
    const hostile = "lane:x'\nrollup: { mode: enforce }\n#";
    const text = renderProposedConfig(propose({ labels: [hostile, 'lane:y'] }));
    const { config, problems } = parseConfig({ text, ownerText: null });
    expect({ mode: config.rollup.mode, problems }).toEqual({ mode: 'comment', problems: [] });
  });

  test.each([
    ['no YAML', '\t: ['],
    ['another shape', 'body: 12'],
    ['an alias bomb', 'a: &a [x]\nbody: [*a, *a]'],
  ])('passes over a form that is %s', (_, text) => {
    expect(yamlOf({ forms: [{ path: 'x.yml', text }] })).toEqual(['version: 1', 'rollup: { mode: comment }']);
  });
});

import { describe, expect, it } from 'vitest';
import { umbrellaDrift } from '../../src/operations/umbrella-drift.ts';
import { closeIssue } from '../../src/sandbox/actions/close-issue.ts';
import { editIssue } from '../../src/sandbox/actions/edit-issue.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { addCollaborator, addRepository } from '../../src/sandbox/create-world.ts';
import { addChild, addPull, connect, HARBOR, harbor, operationsOf, umbrellaWorld } from '../github/umbrella-world.ts';

const at = (number: number) => ({ owner: 'octo', repo: 'harbor', number });

async function driftOf(body: string, prepare: (world: ReturnType<typeof umbrellaWorld>) => void = () => {}) {
  const world = umbrellaWorld(2);
  editIssue(world, 'kim', { item: harbor(1), body });
  prepare(world);
  const { client, sandbox } = await connect(world);
  const context = {
    github: client,
    now: () => '2026-03-02T09:00:00Z',
    defaultRepository: { owner: 'octo', repo: 'harbor' },
  };
  return { output: await umbrellaDrift.run(context, { ref: '#1', fix: false }), sandbox };
}

describe('umbrella drift', () => {
  it('says that text and links agree, without asking for anything besides the umbrella', async () => {
    const { output, sandbox } = await driftOf('- [ ] #2\n- [ ] #3');
    expect(output).toEqual({ umbrella: 'octo/harbor#1', verdict: 'in_step', findings: [], gaps: [], plan: null });
    expect(operationsOf(sandbox)).toEqual(['issues/get', 'Umbrella', 'PullRequestSweep']);
  });

  it('looks up in one call what the text lists and nobody linked', async () => {
    const { output, sandbox } = await driftOf(
      '- [x] #2\n- [ ] #3\n- [ ] #4\n- [ ] #5\n- [ ] #7\n- [ ] #99',
      (world) => {
        openIssue(world, 'kim', { repository: HARBOR, title: 'Loose' });
        openIssue(world, 'kim', { repository: HARBOR, title: 'Taken' });
        openIssue(world, 'kim', { repository: HARBOR, title: 'Other umbrella' });
        addSubIssue(world, 'kim', { parent: harbor(6), child: harbor(5) });
        addPull(world, { title: 'A pull request', branch: 'a' });
        closeIssue(world, 'kim', { item: harbor(3) });
      },
    );
    expect(output.verdict).toBe('drifted');
    expect(output.findings).toEqual([
      { kind: 'box', ref: at(2), line: 1, quote: '[x] #2', text: '#2 is ticked and open', fixable: true },
      { kind: 'box', ref: at(3), line: 2, quote: '[ ] #3', text: '#3 is closed and not ticked', fixable: true },
      {
        kind: 'not_linked',
        ref: at(4),
        line: 3,
        quote: '[ ] #4',
        text: 'the text lists #4, which is not linked',
        fixable: true,
      },
      {
        kind: 'not_linked',
        ref: at(5),
        line: 4,
        quote: '[ ] #5',
        text: 'the text lists #5, which is a sub-issue of #6',
        fixable: false,
      },
      {
        kind: 'not_linked',
        ref: at(99),
        line: 6,
        quote: '[ ] #99',
        text: 'the text lists #99, which does not exist or cannot be seen',
        fixable: false,
      },
    ]);
    expect(operationsOf(sandbox).filter((name) => name === 'ByRef')).toHaveLength(1);
  });

  it('takes nothing that stands above the umbrella for a task to be linked', async () => {
    const { output, sandbox } = await driftOf('- [ ] #2\n- [ ] #3\n- [ ] #4\n- [ ] #5', (world) => {
      openIssue(world, 'kim', { repository: HARBOR, title: 'Parent' });
      openIssue(world, 'kim', { repository: HARBOR, title: 'Topmost' });
      addSubIssue(world, 'kim', { parent: harbor(4), child: harbor(1) });
      addSubIssue(world, 'kim', { parent: harbor(5), child: harbor(4) });
    });
    expect(output.findings.map(({ text, fixable }) => [text, fixable])).toEqual([
      ["the text lists #4, which is the umbrella's own parent and cannot be its sub-issue, too", false],
      ['the text lists #5, which stands above the umbrella and cannot be its sub-issue, too', false],
    ]);
    expect(operationsOf(sandbox)).toEqual(['issues/get', 'Umbrella', 'PullRequestSweep', 'ByRef', 'LinkEnds']);
  });

  it('shows a private sub-issue to who may see it, and puts neither its name nor its state into a public text', async () => {
    const { output } = await driftOf('- [ ] #2\n- [x] #3\n- [ ] octo/vault#2\n\n1/2 done', (world) => {
      addRepository(world, { owner: 'octo', name: 'vault', visibility: 'private' });
      const vault = world.repositories.get('octo/vault');
      if (vault !== undefined) addCollaborator(world, vault, 'kim', 'write');
      addChild(world, { title: 'Hidden', repository: 'octo/vault' });
      openIssue(world, 'kim', { repository: 'octo/vault', title: 'Hidden, too' });
      addSubIssue(world, 'kim', { parent: harbor(1), child: { repository: 'octo/vault', number: 2 } });
      closeIssue(world, 'kim', { item: { repository: 'octo/vault', number: 2 } });
      closeIssue(world, 'kim', { item: harbor(3) });
    });
    const why = 'the text does not get it, because not all who read it may see that';
    expect(output.findings.map(({ text, fixable }) => [text, fixable])).toEqual([
      [`octo/vault#2 is closed and not ticked; ${why}`, false],
      [`octo/vault#1 is a sub-issue that the text's list lacks; ${why}`, false],
      ['the text says 1/2 done; it is 2 of 4', true],
    ]);
  });
});

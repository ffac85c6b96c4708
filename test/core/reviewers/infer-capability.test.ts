import { describe, expect, test } from 'vitest';
import { type CapabilitySources, inferCapability } from '../../../src/core/reviewers/infer-capability.ts';
import { parseCodeOwners } from '../../../src/core/reviewers/parse-code-owners.ts';

function capability(input: Partial<CapabilitySources> & { readonly owners?: string } = {}) {
  const { owners, ...rest } = input;
  return inferCapability({
    globs: {},
    configured: new Map(),
    codeOwners: owners === undefined ? null : parseCodeOwners(owners),
    teams: new Map(),
    touches: [],
    ...rest,
  });
}

const touched = (times: number, path: string, ...logins: readonly string[]) =>
  Array.from({ length: times }, () => ({ paths: [path], logins }));

const OWNERS = '* @kim @Ravi\n/db/ @octo/Database\n/old/ lena@example.com\n/gen/\n';
const TEAMS = new Map([['octo/database', ['noor', 'Lena']]]);

describe('with nothing configured', () => {
  test('a change asks for the owners of its files, each set of them once', () => {
    const { needsOf } = capability({ owners: OWNERS });
    expect(needsOf(['a.ts', 'b.ts', 'db/1.sql', 'old/x.ts', 'gen/x.ts'])).toEqual(['Ravi or kim', 'octo/Database']);
  });

  test('the owners of CODEOWNERS and the members of their teams have what it asks for', () => {
    const { capabilityOf } = capability({ owners: OWNERS, teams: TEAMS });
    expect(['KIM', 'ravi', 'noor', 'lena', 'tomas'].map(capabilityOf)).toEqual([
      ['Ravi or kim'],
      ['Ravi or kim'],
      ['octo/Database'],
      ['octo/Database'],
      [],
    ]);
  });

  test('who worked on the files stands in for a team that could not be read, and for no other', () => {
    const touches = [...touched(3, 'db/1.sql', 'tomas'), ...touched(3, 'a.ts', 'tomas')];
    expect(capability({ owners: OWNERS, touches }).capabilityOf('tomas')).toEqual(['octo/Database']);
    expect(capability({ owners: OWNERS, touches, teams: TEAMS }).capabilityOf('tomas')).toEqual([]);
  });

  test('a change asks for nothing where there is no CODEOWNERS', () => {
    expect(capability({ touches: touched(9, 'a.ts', 'kim') }).needsOf(['a.ts'])).toEqual([]);
  });
});

describe('a configured tag', () => {
  const globs = { database: ['db/**', '*.sql'], web: ['site'] };

  test('is asked for by the files of its globs, which then ask for no owners', () => {
    const { needsOf } = capability({ globs, owners: OWNERS });
    expect(needsOf(['site/a.css', 'db/1.sql'])).toEqual(['database', 'web']);
    expect(needsOf(['site/a.css', 'a.ts'])).toEqual(['Ravi or kim', 'web']);
  });

  test('is had by whom the configuration gives it to', () => {
    const { capabilityOf } = capability({ globs, configured: new Map([['kim', ['web', 'mentoring']]]) });
    expect(capabilityOf('Kim')).toEqual(['mentoring', 'web']);
  });

  test('is had by nobody besides whom the configuration gives it to, whatever they own or know', () => {
    const touches = touched(3, 'db/1.sql', 'tomas');
    const sources = { globs: { data: ['db/**'] }, touches, owners: OWNERS, teams: TEAMS };
    const having = (configured: CapabilitySources['configured']): readonly string[] => {
      const { capabilityOf } = capability({ ...sources, configured });
      return ['kim', 'noor', 'lena', 'tomas'].filter((login) => capabilityOf(login).includes('data'));
    };
    expect(having(new Map([['kim', ['data']]]))).toEqual(['kim']);
    expect(having(new Map())).toEqual(['noor', 'lena', 'tomas']);
  });

  test('is had by who owns files of it that were touched of late', () => {
    const { capabilityOf } = capability({
      globs,
      owners: OWNERS,
      teams: TEAMS,
      touches: touched(1, 'db/1.sql', 'kim'),
    });
    expect([capabilityOf('noor'), capabilityOf('kim')]).toEqual([['database', 'octo/Database'], ['Ravi or kim']]);
  });

  test('is had by who changed or reviewed such files three times, each change once', () => {
    const twiceInOne = { paths: ['db/1.sql', 'db/2.sql'], logins: ['tomas', 'Tomas'] };
    const touches = [...touched(2, 'db/1.sql', 'Kim', 'tomas'), ...touched(1, 'db/2.sql', 'kim')];
    const { capabilityOf } = capability({ globs, touches: [...touches, ...touched(5, 'a.ts', 'lena')] });
    expect(['kim', 'tomas', 'lena'].map(capabilityOf)).toEqual([['database'], [], []]);
    expect(capability({ globs, touches: [twiceInOne, twiceInOne] }).capabilityOf('tomas')).toEqual([]);
  });
});

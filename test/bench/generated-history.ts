import type { TaskRow } from '../../src/sandbox/load-world/task-row.ts';

const UMBRELLAS = 60;
const THEMES = ['harbor', 'pilot', 'crane', 'tide', 'ledger', 'beacon', 'cargo', 'mooring', 'dredge', 'customs'];
const WORKS = ['survey', 'paint', 'measure', 'replace', 'document', 'test', 'insure', 'light', 'clean', 'rename'];

/** A history of umbrellas with bursts of children and of tasks on their own, for machines where no recorded one is. */
export function generatedHistory(): readonly TaskRow[] {
  const random = numbers();
  const rows: TaskRow[] = [];
  let seconds = Date.UTC(2026, 0, 1) / 1_000;
  const add = (row: Pick<TaskRow, 'title'> & Partial<TaskRow>): string => {
    seconds += 1 + Math.floor(random() * 20);
    const id = row.id ?? `bd-${(rows.length * 7_919).toString(36)}x`;
    rows.push({ body: '', kind: 'task', createdAt: new Date(seconds * 1_000).toISOString(), ...row, id });
    return id;
  };
  const word = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? '';
  for (let n = 0; n < UMBRELLAS; n += 1) {
    const [theme, other] = [word(THEMES), word(THEMES)];
    const parent = add({ title: `The ${theme} and the ${other}`, kind: 'epic', body: `All work on the ${theme}.` });
    const children = 2 + Math.floor(random() * 8);
    for (let child = 1; child <= children; child += 1) {
      const isDotted = n % 4 === 0;
      const body = n % 4 === 1 ? `Parent: ${parent}` : '';
      const title = `${word(WORKS)} the ${theme}`;
      add({ title, body, parents: [parent], ...(isDotted ? { id: `${parent}.${child}` } : {}) });
    }
    for (let alone = 0; alone < children; alone += 1) {
      seconds += Math.floor(random() * 86_400);
      add({ title: `${word(WORKS)} the ${word(THEMES)}` });
    }
  }
  return rows;
}

/** The same numbers from 0 to 1 each time: Lehmer's generator. */
function numbers(): () => number {
  let state = 20_261_122;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

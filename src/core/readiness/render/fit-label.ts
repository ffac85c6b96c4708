import { visibleLine } from '../../markdown.ts';

/** Of text of 13 units. */
const SIZE = 13;

/**
 * As much of a text as has room in so many units of a chart. A chart cannot measure: letters count for what they take in the
 * wider of the usual system fonts, so that what fits here fits on every page.
 */
export function fitLabel(text: string, units: number): string {
  const line = visibleLine(text);
  if (labelUnits(line) <= units) return line;
  let left = units - widthOf('…');
  const kept: string[] = [];
  for (const character of line) {
    left -= widthOf(character);
    if (left < 0) break;
    kept.push(character);
  }
  return `${kept.join('')}…`;
}

/** How wide a text is at most. */
export const labelUnits = (text: string): number => [...text].reduce((sum, character) => sum + widthOf(character), 0);

const EMS: readonly (readonly [RegExp, number])[] = [
  [/\u200c|\u200d|\ufe0f|\p{M}/u, 0],
  [/[ijl.,:;'|!()[\]/ ]/, 0.42],
  [/[MW@%mw…—]/, 1.02],
  [/[ -~]/, 0.66],
  [/[A-Z\p{Lu}]/u, 0.8],
  [/[\u0080-\u10ff]/, 0.7],
];

/** Beyond those, scripts such as Chinese and pictures take a square. */
const widthOf = (character: string): number => SIZE * (EMS.find(([kind]) => kind.test(character))?.[1] ?? 1.05);

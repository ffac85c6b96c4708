import { escapeXml } from '../../escape-xml.ts';

export const CHART_WIDTH = 520;

interface Chart {
  /** Of this page alone. */
  readonly id: string;
  readonly title: string;
  /** What the chart shows, in words: for whoever cannot see it. */
  readonly description: string;
  readonly height: number;
  readonly parts: readonly string[];
}

/** An SVG of 520 units' width for inside a page, which gives the classes their colours. */
export function chartFrame({ id, title, description, height, parts }: Chart): string {
  return [
    `<svg class="chart" viewBox="0 0 ${CHART_WIDTH} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc">`,
    `<title id="${id}-title">${escapeXml(title)}</title>`,
    `<desc id="${id}-desc">${escapeXml(description)}</desc>`,
    ...parts,
    '</svg>',
  ].join('');
}

interface Label {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly dim?: true;
}

export function chartLabel({ x, y, text, anchor = 'start', dim }: Label): string {
  const look = dim === true ? ' class="dim"' : '';
  return `<text${look} x="${rounded(x)}" y="${rounded(y)}" text-anchor="${anchor}">${escapeXml(text)}</text>`;
}

/** A tenth of a unit is as fine as a screen shows. */
export const rounded = (value: number): number => Math.round(value * 10) / 10;

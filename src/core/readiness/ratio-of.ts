import type { Ratio } from './report-schema.ts';

export const ratioOf = (num: number, den: number): Ratio => ({ num, den, value: den === 0 ? null : num / den });

import { expect, test } from 'vitest';
import { readHunkHeader } from '../../../src/core/risk/hunk-header.ts';

test.each([
  ['@@ -9,7 +9,8 @@ function a()', { oldStart: 9, oldLines: 7, newStart: 9, newLines: 8 }],
  ['@@ -3 +4 @@', { oldStart: 3, oldLines: 1, newStart: 4, newLines: 1 }],
  ['@@ -0,0 +1,2 @@', { oldStart: 0, oldLines: 0, newStart: 1, newLines: 2 }],
  ['+@@ -3 +4 @@', null],
  ['@@ -3 @@', null],
  ['@@ -1234567890 +1 @@', null],
])('%s says %o', (line, header) => {
  expect(readHunkHeader(line)).toEqual(header);
});

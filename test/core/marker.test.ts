import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildMarker, parseMarker, ROLLUP_MARKER } from '../../src/core/marker.ts';

describe('markers', () => {
  it('stand invisibly at the start', () => {
    expect(ROLLUP_MARKER).toBe('<!-- parasol:rollup v1 -->');
    expect(parseMarker(`${ROLLUP_MARKER}\n### x`)).toEqual({ kind: 'rollup', version: 1 });
  });

  it('do not count further down, quoted or malformed', () => {
    expect(parseMarker(`> ${ROLLUP_MARKER}`)).toBeNull();
    expect(parseMarker(`x\n${ROLLUP_MARKER}`)).toBeNull();
    expect(parseMarker('<!-- parasol:rollup -->')).toBeNull();
  });

  it('read back what they were built from', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z-]{0,30}$/), fc.integer({ min: 0, max: 9999 }), (kind, version) => {
        expect(parseMarker(buildMarker(kind, version))).toEqual({ kind, version });
      }),
    );
  });
});

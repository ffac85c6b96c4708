/**
 * What the outputs are until a report is made, and stay where none can be: a later step that lets this one fail
 * (`continue-on-error`, `if: always()`) must not read silence as a go.
 */
export const OUTPUTS_BEFORE = {
  decision: 'unknown',
  headline: 'No report was made.',
  'blocking-count': 0,
  'report-dir': '',
  'report-json': '',
  'report-markdown': '',
  'report-html': '',
  'comment-changed': false,
  'check-reported': false,
} as const;

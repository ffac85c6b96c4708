/** `2026-05-10 12:00 UTC`. */
export function instantWords(instant: string): string {
  const [date = '', time = ''] = new Date(instant).toISOString().split('T');
  return `${date} ${time.slice(0, 5)} UTC`;
}

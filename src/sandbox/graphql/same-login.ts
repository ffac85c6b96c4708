/** Whether two logins name one account; GitHub compares them without regard to case. Nobody is the same as no one. */
export function isSameLogin(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a.toLowerCase() === b.toLowerCase();
}

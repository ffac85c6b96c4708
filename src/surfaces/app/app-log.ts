export type AppLog = (
  level: 'info' | 'warn' | 'error',
  message: string,
  about?: { readonly deliveryIds?: readonly string[]; readonly cause?: unknown },
) => void;

/** One JSON object a line on standard error; payloads and tokens are never part of it. */
export const logToStderr: AppLog = (level, message, { deliveryIds, cause } = {}) => {
  const entry = { time: new Date().toISOString(), level, message, deliveryIds, cause: causeText(cause) };
  process.stderr.write(`${JSON.stringify(entry)}\n`);
};

function causeText(cause: unknown): string | undefined {
  if (cause === undefined || cause === null) return undefined;
  if (!(cause instanceof Error)) return String(cause);
  const inner = causeText(cause.cause);
  return `${cause.name}: ${cause.message}${inner === undefined ? '' : `; caused by ${inner}`}`;
}

/**
 * For the retry plugin: a failed call is repeated twice, after 1 and 4 s. What the caller got wrong is not repeated, nor
 * 429: the throttling plugin answers that, and repeating it here as well would multiply the waits.
 */
export const retryOptions = (pace: 'github' | 'sandbox') => ({
  retries: 2,
  doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451, 501],
  retryAfterBaseValue: pace === 'sandbox' ? 20 : 1000,
});

import { type Answer, refusal } from './answer.ts';

/** GitHub takes at most this much in one request body (files over the contents API are the largest it knows). */
export const LARGEST_BODY_BYTES = 25 * 1024 * 1024;

type JsonBody = { readonly value: Readonly<Record<string, unknown>> } | { readonly problem: Answer };

/** Reads a request body; none at all counts as an empty object. */
export function readJson(text: string): JsonBody {
  if (text.trim() === '') return { value: {} };
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? { value } : { problem: refusal(400, 'Body should be a JSON object') };
  } catch {
    return { problem: refusal(400, 'Problems parsing JSON') };
  }
}

/** Whether a JSON value is an object: neither null nor a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

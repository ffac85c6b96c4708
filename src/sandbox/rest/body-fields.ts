import { WorldRefusal } from '../actions/world-refusal.ts';
import { isObject } from '../http/json-body.ts';

type Body = Readonly<Record<string, unknown>>;

/** A text that has to be there; GitHub's 422 names the property otherwise. */
export function requireText(body: Body, name: string): string {
  const value = optionalText(body, name);
  if (value === undefined) throw missing(name);
  return value;
}

/** A text, or undefined when the body has no such property. */
export function optionalText(body: Body, name: string): string | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw wrongType(name, value, 'a string');
  return value;
}

/** A text that may be taken away with null. */
export function nullableText(body: Body, name: string): string | null | undefined {
  return body[name] === null ? null : optionalText(body, name);
}

/** A whole number that has to be there. */
export function requireNumber(body: Body, name: string): number {
  const value = optionalNumber(body, name);
  if (value === undefined) throw missing(name);
  return value;
}

/** A whole number, or undefined. */
export function optionalNumber(body: Body, name: string): number | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (!Number.isInteger(value)) throw wrongType(name, value, 'an integer');
  return Number(value);
}

/** A whole number that may be taken away with null. */
export function nullableNumber(body: Body, name: string): number | null | undefined {
  return body[name] === null ? null : optionalNumber(body, name);
}

/** True, false or undefined; no other value counts as either. */
export function optionalBoolean(body: Body, name: string): boolean | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'boolean') throw wrongType(name, value, 'a boolean');
  return value;
}

/** One of a few words, or undefined. */
export function optionalChoice<Choice extends string>(
  body: Body,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const value = optionalText(body, name);
  if (value === undefined) return undefined;
  const chosen = choices.find((choice) => choice === value);
  if (chosen === undefined) {
    throw invalidRequest(`${JSON.stringify(value)} is not a member of ${JSON.stringify(choices)}.`);
  }
  return chosen;
}

/** Names as plain texts or as objects with a `name`, the two forms that GitHub takes for labels. */
export function optionalNames(body: Body, name: string): readonly string[] | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw wrongType(name, value, 'an array');
  return value.map((entry: unknown) => {
    const text = isObject(entry) ? entry.name : entry;
    if (typeof text !== 'string') throw wrongType(`${name}/items`, entry, 'a string');
    return text;
  });
}

/** Whole numbers, or undefined. */
export function optionalNumbers(body: Body, name: string): readonly number[] | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw wrongType(name, value, 'an array');
  return value.map((entry: unknown) => {
    if (!Number.isInteger(entry)) throw wrongType(`${name}/items`, entry, 'an integer');
    return Number(entry);
  });
}

function missing(name: string): WorldRefusal {
  return invalidRequest(`"${name}" wasn't supplied.`);
}

function wrongType(name: string, value: unknown, wanted: string): WorldRefusal {
  const shown = value === null ? 'nil' : JSON.stringify(value);
  return invalidRequest(`For 'properties/${name}', ${shown} is not ${wanted}.`);
}

function invalidRequest(detail: string): WorldRefusal {
  return new WorldRefusal(422, `Invalid request.\n\n${detail}`);
}

import type * as z from 'zod';
import { nearestName } from './nearest-name.ts';

/** What a value that has to be there and is not is told as. */
export const MISSING = 'is missing';

/** For `safeParse`: what is wrong with a value, to be read behind its name, for whoever wrote the file and knows of no schema. */
export const inOurWords = { error: wordsOfIssue };

/** Where in a value of JSON: `criteria.0.id`; `it` for the whole. */
export const pathWords = (path: readonly PropertyKey[]): string => path.map(String).join('.') || 'it';

/** Undefined leaves the words to the library. */
function wordsOfIssue(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined && issue.code !== 'unrecognized_keys') return MISSING;
  switch (issue.code) {
    case 'invalid_type':
      return typeWords(issue.input, issue.expected);
    case 'invalid_value':
      return choiceWords(issue.input, issue.values);
    case 'too_small':
      return smallWords(issue);
    case 'too_big':
      return bigWords(issue);
    case 'unrecognized_keys':
      return `has the unknown key${issue.keys.length === 1 ? '' : 's'} ${issue.keys.join(', ')}`;
    case 'invalid_union':
      return 'has none of the forms that are known here';
    case 'invalid_format':
      return formatWords(issue.input, issue.format);
    default:
      return undefined;
  }
}

function formatWords(input: unknown, format: string): string {
  const given = `is ${JSON.stringify(String(input).slice(0, 80))}`;
  const example = EXAMPLES[format];
  return example === undefined
    ? `${given}, which has not the form that belongs here`
    : `${given} where ${example} belongs`;
}

const EXAMPLES: Readonly<Record<string, string>> = {
  datetime: 'a time such as 2026-05-04T09:00:00Z',
  date: 'a day such as 2026-05-04',
  url: 'a web address',
};

function typeWords(input: unknown, expected: string): string | undefined {
  const wanted = NAMES[expected];
  if (wanted === undefined) return undefined;
  const given = nameOf(input);
  const isUnquoted = expected === 'string' && (typeof input === 'number' || typeof input === 'boolean');
  if (given === wanted) return `is no ${wanted.replace(/^an? /, '')} that can be used`;
  return `is ${given} where ${wanted} belongs${isUnquoted ? ': put it in quotation marks' : ''}`;
}

const NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of keys to values',
  record: 'a mapping of keys to values',
};

function nameOf(input: unknown): string {
  if (input === null) return 'empty';
  if (Array.isArray(input)) return 'a list';
  return NAMES[typeof input] ?? 'something else';
}

function choiceWords(input: unknown, values: readonly z.core.util.Primitive[]): string {
  const names = values.map(String);
  if (typeof input === 'object') return `is ${nameOf(input)} where one of ${names.join(', ')} belongs`;
  const given = typeof input === 'string' ? JSON.stringify(input.slice(0, 80)) : String(input);
  if (names.length === 1) return `is ${given} where only ${names[0]} is known`;
  const near = nearestName(String(input), names);
  return `${given} is none of ${names.join(', ')}${near === null ? '' : `; did you mean ${near}?`}`;
}

function smallWords(issue: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall>): string | undefined {
  const { origin, minimum, inclusive, input } = issue;
  if (origin === 'string') return Number(minimum) === 1 ? 'is empty' : `is shorter than ${minimum} characters`;
  if (origin === 'array') return Number(minimum) === 1 ? 'is empty' : `has fewer than ${minimum} entries`;
  if (!isNumber(origin)) return undefined;
  return `is ${input}, which is not ${inclusive === false ? 'above' : 'at least'} ${minimum}`;
}

function bigWords(issue: z.core.$ZodRawIssue<z.core.$ZodIssueTooBig>): string | undefined {
  const { origin, maximum, inclusive, input } = issue;
  if (origin === 'string') return `is longer than ${maximum} characters`;
  if (origin === 'array') return `has more than ${maximum} entries`;
  if (!isNumber(origin)) return undefined;
  return `is ${input}, which is not ${inclusive === false ? 'below' : 'at most'} ${maximum}`;
}

const isNumber = (origin: string): boolean => origin === 'number' || origin === 'int';

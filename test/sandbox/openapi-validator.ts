import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** What is wrong with an answer by GitHub's own description; empty when it fits. `path` is concrete or a template. */
export function validateResponse(method: string, path: string, status: number, body: unknown): string[] {
  const template = findTemplate(
    path
      .replace(/^https?:\/\/[^/]+/, '')
      .replace(/^\/api\/v3/, '')
      .split('?')[0] ?? '',
  );
  if (template === null) return [`${path}: no such path`];
  const operation = at(description(), 'paths', template, method.toLowerCase());
  if (operation === undefined) return [`${method} ${template}: no such operation`];
  const responses = [`paths`, template, method.toLowerCase(), 'responses'];
  if (at(description(), ...responses, String(status)) === undefined)
    return [`${method} ${template}: no answer ${status}`];
  const content = resolvePointer([...responses, String(status)]);
  if (at(description(), ...content, 'content') === undefined) return isEmpty(body) ? [] : ['/: must have no body'];
  return check([...content, 'content', 'application/json', 'schema'], body);
}

/** What is wrong with a delivery's payload; empty when it fits. */
export function validateWebhook(event: string, action: string | null, body: unknown): string[] {
  const name = [event, ...(action === null ? [] : [action])].join('-').replaceAll('_', '-');
  const schema = ['x-webhooks', name, 'post', 'requestBody', 'content', 'application/json', 'schema'];
  return at(description(), ...schema) === undefined ? [`${name}: no such webhook`] : check(schema, body);
}

type Json = { readonly [key: string]: unknown };

let loaded: Json | undefined;
let ajv: Ajv | undefined;
const compiled = new Map<string, ValidateFunction>();

function description(): Json {
  if (loaded !== undefined) return loaded;
  const file = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json');
  const rewritten = rewriteNullable(JSON.parse(readFileSync(file, 'utf8')));
  loaded = isObject(rewritten) ? rewritten : {};
  return loaded;
}

/** JSON Schema has no `nullable`: the description says it in 3.0's words, often without a `type` beside it. */
function rewriteNullable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewriteNullable);
  if (!isObject(value)) return value;
  const { nullable, ...rest } = value;
  const entries = Object.entries(nullable === true ? rest : value).map(([key, one]) => [key, rewriteNullable(one)]);
  const rewritten = Object.fromEntries(entries);
  return nullable === true ? { anyOf: [rewritten, { type: 'null' }] } : rewritten;
}

function check(pointer: readonly string[], body: unknown): string[] {
  const validate = compile(`description#/${pointer.map(escapePointer).join('/')}`);
  if (validate(body)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    return `${instancePath === '' ? '/' : instancePath}: ${message} ${JSON.stringify(params)}`;
  });
}

function compile(ref: string): ValidateFunction {
  const known = compiled.get(ref);
  if (known !== undefined) return known;
  const validate = validator().compile({ $ref: ref });
  compiled.set(ref, validate);
  return validate;
}

function validator(): Ajv {
  if (ajv !== undefined) return ajv;
  ajv = new Ajv({ strict: false, validateSchema: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(description(), 'description');
  return ajv;
}

function findTemplate(path: string): string | null {
  const paths = at(description(), 'paths');
  if (!isObject(paths)) return null;
  if (paths[path] !== undefined) return path;
  const matching = Object.keys(paths).filter((template) => patternOf(template).test(path));
  const literals = (template: string) => template.replace(/\{[^}]+\}/g, '').length;
  return matching.sort((one, other) => literals(other) - literals(one))[0] ?? null;
}

/** Some parameters hold slashes: `/contents/{path}`, `/commits/{ref}/check-runs`. The empty path is the root folder. */
function patternOf(template: string): RegExp {
  const pattern = template
    .replace(/[.+]/g, '\\$&')
    .replace(/\/\{path\}/g, '(?:/.*)?')
    .replace(/\{ref\}/g, '.+')
    .replace(/\{[^}]+\}/g, '[^/]+');
  return new RegExp(`^${pattern}$`);
}

function resolvePointer(pointer: readonly string[]): readonly string[] {
  const target = at(description(), ...pointer);
  const ref = isObject(target) ? target.$ref : undefined;
  return typeof ref === 'string' ? ref.replace('#/', '').split('/') : pointer;
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((one, key) => (isObject(one) ? one[key] : undefined), value);
}

const escapePointer = (key: string) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isEmpty = (body: unknown) => body === undefined || body === null || body === '';

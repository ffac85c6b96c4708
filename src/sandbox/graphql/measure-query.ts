import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { GithubError, type GithubErrorType } from './github-error.ts';

/** What a query costs by GitHub's documented formulas, and what is wrong with its page sizes. */
export interface QueryMeasure {
  /** Sum of the requests needed to fill each connection, all limits reached, over 100; at least 1. */
  readonly points: number;
  /** Nodes that the query may return, all limits reached. */
  readonly nodes: number;
  readonly errors: readonly GraphQLError[];
}

interface MeasureInput {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

interface Tally extends MeasureInput {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  requests: number;
  nodes: number;
  readonly errors: GraphQLError[];
}

const NODE_LIMIT = 500_000;
const PAGE_LIMIT = 100;

/**
 * Measures an operation before it runs. Every connection counts once per parent that it can have: with `p` possible
 * parents it takes `p` requests and returns `p × first` nodes at most. Each alias is a connection of its own, the same
 * field reached twice (through a fragment) is one, and what fragments on different types select adds up. The elements
 * of `nodes(ids:)` count as parents and as nodes, one for each id, but take no request.
 *
 * Source: https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export function measureQuery(input: MeasureInput): QueryMeasure {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of input.document.definitions) {
    if (definition.kind === 'FragmentDefinition') fragments.set(definition.name.value, definition);
  }
  const tally: Tally = { ...input, fragments, requests: 0, nodes: 0, errors: [] };
  const root = input.schema.getRootType(input.operation.operation);
  if (root)
    measureSelections(tally, {
      type: root,
      selectionSets: [input.operation.selectionSet],
      parents: 1,
      path: [input.operation.operation],
    });
  if (tally.nodes > NODE_LIMIT) tally.errors.push(tooManyNodes(tally));
  return { points: Math.max(1, Math.round(tally.requests / 100)), nodes: tally.nodes, errors: tally.errors };
}

/** One place of the query: the selections on a type, and how many objects may stand there. */
interface Place {
  readonly type: GraphQLCompositeType;
  readonly selectionSets: readonly SelectionSetNode[];
  readonly parents: number;
  readonly path: readonly string[];
}

function measureSelections(tally: Tally, place: Place): void {
  for (const { parent, fields } of collectFields(tally, place)) {
    const [field] = fields;
    const definition = field && definitionOf(parent, field.name.value);
    if (!field || !definition) continue;
    const path = [...place.path, field.alias?.value ?? field.name.value];
    const type = getNamedType(definition.type);
    if (!isCompositeType(type)) continue;
    const parents = place.parents * sizeOf(tally, { field, definition, path, parents: place.parents });
    const selectionSets = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
    measureSelections(tally, { type, selectionSets, parents, path });
  }
}

interface FieldUse {
  readonly field: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly path: readonly string[];
  readonly parents: number;
}

/** How many objects one parent can have behind this field. Counts the field, too, when it is a connection. */
function sizeOf(tally: Tally, use: FieldUse): number {
  const { definition, field, parents } = use;
  const isList = definition.args.some((argument) => argument.name === 'ids') && definition.name === 'nodes';
  if (!isList && !isConnection(definition)) return 1;
  const values = getArgumentValues(definition, field, tally.variables);
  const size = isList ? lengthOf(values.ids) : pageSize(tally, use, values);
  if (!isList) tally.requests += parents;
  tally.nodes += parents * size;
  return size;
}

function pageSize(tally: Tally, use: FieldUse, values: Readonly<Record<string, unknown>>): number {
  const name = use.field.name.value;
  const sizes = (['first', 'last'] as const).flatMap((limit) => {
    const size = values[limit];
    if (typeof size !== 'number') return [];
    if (size > PAGE_LIMIT) {
      const message = `Requesting ${size} records on the \`${name}\` connection exceeds the \`${limit}\` limit of ${PAGE_LIMIT} records.`;
      tally.errors.push(problem('EXCESSIVE_PAGINATION', message, use));
    } else if (size < 1) {
      tally.errors.push(
        problem('EXCESSIVE_PAGINATION', `\`${limit}\` on the \`${name}\` connection cannot be less than one.`, use),
      );
    }
    return [size];
  });
  if (sizes.length === 0) {
    const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`;
    tally.errors.push(problem('MISSING_PAGINATION_BOUNDARIES', message, use));
  }
  return Math.max(0, Math.min(PAGE_LIMIT, ...sizes));
}

function isConnection({ type, args }: GraphQLField<unknown, unknown>): boolean {
  return getNamedType(type).name.endsWith('Connection') && args.some((argument) => argument.name === 'first');
}

interface CollectedField {
  readonly parent: GraphQLCompositeType;
  readonly fields: FieldNode[];
}

/** Fields by type and response name: what is merged in the answer is one use here. */
function collectFields(tally: Tally, { type, selectionSets }: Place): Iterable<CollectedField> {
  const collected = new Map<string, CollectedField>();
  const visit = (selectionSet: SelectionSetNode, parent: GraphQLCompositeType): void => {
    for (const selection of selectionSet.selections) {
      if (!isIncluded(selection, tally.variables)) continue;
      if (selection.kind === 'Field') {
        const key = `${parent.name} ${selection.alias?.value ?? selection.name.value}`;
        const known = collected.get(key);
        if (known) known.fields.push(selection);
        else collected.set(key, { parent, fields: [selection] });
        continue;
      }
      const fragment = selection.kind === 'FragmentSpread' ? tally.fragments.get(selection.name.value) : selection;
      if (fragment) visit(fragment.selectionSet, narrowed(tally.schema, parent, fragment.typeCondition?.name.value));
    }
  };
  for (const selectionSet of selectionSets) visit(selectionSet, type);
  return collected.values();
}

/** The type inside a fragment: the condition's, unless the fragment is on the type itself or an interface of it. */
function narrowed(
  schema: GraphQLSchema,
  parent: GraphQLCompositeType,
  condition: string | undefined,
): GraphQLCompositeType {
  const type = condition === undefined ? parent : schema.getType(condition);
  if (!type || !isCompositeType(type)) return parent;
  const isWider = isObjectType(parent) && !isObjectType(type) && schema.isSubType(type, parent);
  return isWider ? parent : type;
}

function isIncluded(
  selection: SelectionSetNode['selections'][number],
  variables: Readonly<Record<string, unknown>>,
): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if !== false;
}

function definitionOf(type: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

function lengthOf(ids: unknown): number {
  return Array.isArray(ids) ? ids.length : 0;
}

function problem(type: GithubErrorType, message: string, { field, path }: FieldUse): GraphQLError {
  return new GraphQLError(message, { nodes: field, path, originalError: new GithubError(type, message) });
}

function tooManyNodes({ nodes }: Tally): GraphQLError {
  const shown = (count: number): string => count.toLocaleString('en-US');
  const message = `This query requests up to ${shown(nodes)} possible nodes which exceeds the maximum limit of ${shown(NODE_LIMIT)}.`;
  return new GraphQLError(message, { originalError: new GithubError('MAX_NODE_LIMIT_EXCEEDED', message) });
}

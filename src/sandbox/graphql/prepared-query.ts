import {
  type ASTVisitor,
  type DocumentNode,
  FieldsOnCorrectTypeRule,
  GraphQLError,
  parse,
  specifiedRules,
  type ValidationContext,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { githubSchema } from './github-schema.ts';

/** A query's text parsed and checked against GitHub's schema, or why it cannot be run. */
type PreparedQuery = { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };

const prepared = new LRUCache<string, PreparedQuery>({ max: 200 });

/** Clients send the same few texts again and again; each is parsed and validated once. */
export function prepareQuery(text: string): PreparedQuery {
  const known = prepared.get(text);
  if (known !== undefined) return known;
  const made = prepare(text);
  prepared.set(text, made);
  return made;
}

function prepare(text: string): PreparedQuery {
  try {
    const document = parse(text);
    const errors = validate(githubSchema(), document, RULES);
    return errors.length === 0 ? { document } : { errors };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}

const RULES = specifiedRules.map((rule) => (rule === FieldsOnCorrectTypeRule ? knownFields : rule));

/** GitHub's words and code for an unknown field: clients tell an older server by `undefinedField`. */
function knownFields(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      const type = context.getParentType();
      if (!type || context.getFieldDef()) return;
      const extensions = { code: 'undefinedField', typeName: type.name, fieldName: node.name.value };
      const message = `Field '${node.name.value}' doesn't exist on type '${type.name}'`;
      context.reportError(new GraphQLError(message, { nodes: node, extensions }));
    },
  };
}

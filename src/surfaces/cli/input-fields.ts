import * as z from 'zod';

/** One field of an operation's input, as far as a command line needs to know it. */
export interface InputField {
  readonly name: string;
  /** `list`: several texts. */
  readonly type: 'string' | 'number' | 'boolean' | 'list';
  readonly description: string;
  readonly isRequired: boolean;
  readonly choices: readonly string[];
}

const propertySchema = z.object({
  type: z.enum(['string', 'number', 'integer', 'boolean', 'array']),
  description: z.string().default(''),
  enum: z.array(z.string()).default([]),
});

/** The fields in the order of the schema. Throws for a field that has no form on a command line: that is a bug. */
export function inputFields(input: z.ZodObject): readonly InputField[] {
  const schema = z.toJSONSchema(input, { io: 'input' });
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const { type, description, enum: choices } = propertySchema.parse(property);
    const isRequired = schema.required?.includes(name) === true;
    return { name, type: TYPES[type], description, isRequired, choices };
  });
}

const TYPES = { string: 'string', number: 'number', integer: 'number', boolean: 'boolean', array: 'list' } as const;

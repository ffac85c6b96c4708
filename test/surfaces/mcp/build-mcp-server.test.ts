import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { FAILURES } from '../../../src/core/failure.ts';
import { formatRef } from '../../../src/core/task/identity.ts';
import { CATALOG } from '../../../src/operations/catalog.ts';
import type { OperationContext } from '../../../src/operations/operation.ts';
import { refSchema } from '../../../src/operations/rollup-schema.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { createStoreAccess } from '../../../src/store/store-access.ts';
import { buildMcpServer, toolName } from '../../../src/surfaces/mcp/build-mcp-server.ts';
import { harborWorld, type Reached, reach } from '../../operations/harbor-world.ts';

let reached: Reached;
let client: Client;
let bugs: unknown[];

beforeEach(async () => {
  reached = await reach(harborWorld().world);
  bugs = [];
  client = await connectTo(reached.context);
});

afterEach(async () => {
  await client.close();
  await reached.sandbox.close();
});

describe('the MCP server', () => {
  test('offers the operations that read and those whose hints say what they write, with their schemas', async () => {
    const { tools } = await client.listTools();
    const offered = CATALOG.filter(({ effect, hints }) => effect === 'read' || hints !== undefined);
    expect(tools.map(({ name }) => name)).toEqual(offered.map(toolName));
    for (const [index, tool] of tools.entries()) {
      const entry = offered[index];
      expect(tool.description).toBe(entry?.summary);
      expect(Object.keys(tool.inputSchema.properties ?? {})).toEqual(Object.keys(entry?.input.shape ?? {}));
      expect(tool.outputSchema).toMatchObject({ type: 'object' });
      expect(tool.annotations).toEqual({
        readOnlyHint: entry?.effect === 'read',
        destructiveHint: entry?.hints?.isDestructive ?? false,
        idempotentHint: entry?.hints?.isIdempotent ?? true,
        openWorldHint: true,
      });
    }
  });

  test('says that applying and undoing a plan write and may take away, and that twice is once', async () => {
    const { tools } = await client.listTools();
    const writes = tools.filter(({ name }) => name === 'plan_apply' || name === 'plan_undo');
    const honest = { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true };
    expect(writes.map(({ annotations }) => annotations)).toEqual([honest, honest]);
  });

  test('lets an agent claim a task, and tells it that the token is wrong', { timeout: 60_000 }, async () => {
    const { closeStore, ...store } = createStoreAccess(() => openStore({ folder: null, now: reached.context.now }));
    const agent = await connectTo({ ...reached.context, ...store });
    const claimed = await agent.callTool({ name: 'work_claim', arguments: { umbrella: '#1', agent: 'a7' } });
    const { claim } = claimSchema.parse(claimed.structuredContent);
    const holder = { task: formatRef(claim.task), agent: 'a7' };
    const refused = await agent.callTool({ name: 'work_renew', arguments: { ...holder, token: claim.token + 1 } });
    const released = await agent.callTool({ name: 'work_release', arguments: { ...holder, token: claim.token } });
    await agent.close();
    await closeStore();
    expect(JSON.parse(textOf(refused))).toMatchObject({
      code: 'claim_refused',
      mcpCode: FAILURES.claim_refused.mcpCode,
    });
    expect(released.structuredContent).toMatchObject({ task: claim.task, agent: 'a7', token: claim.token });
  });

  test('answers with structured content and the same as text', async () => {
    const result = await client.callTool({ name: 'umbrella_list', arguments: {} });
    expect(result.structuredContent).toMatchObject({ umbrellas: [{ ref: 'octo/harbor#1', children: 3, done: 1 }] });
    expect(JSON.parse(textOf(result))).toEqual(result.structuredContent);
  });

  test.each([
    ['umbrella_show', { ref: '#1' }],
    ['umbrella_rollup', { ref: '#1' }],
    ['task_next', { umbrella: '#1', avoidOverlap: true }],
    ['doctor', {}],
    ['init', {}],
  ])('%s reads and never writes', async (name, args) => {
    const result = await client.callTool({ name, arguments: args });
    expect(textOf(result)).not.toContain('"code"');
    expect(result.isError ?? false).toBe(false);
    expect(reached.sandbox.requests.writes()).toEqual([]);
  });

  test('gives a failure its code and hint from the table', async () => {
    const result = await client.callTool({ name: 'umbrella_show', arguments: { ref: '#99' } });
    expect(result.isError).toBe(true);
    expect(JSON.parse(textOf(result))).toEqual({
      code: 'not_found',
      mcpCode: FAILURES.not_found.mcpCode,
      message: expect.stringContaining('#99'),
      hint: expect.any(String),
    });
  });

  test.each([
    [{ ref: '#1', deep: true }, 'umbrella.show does not know deep.'],
    [{ ref: 7 }, expect.stringContaining('ref: ')],
    [{}, expect.stringContaining('ref: ')],
  ])('refuses %j with the code and hint of every other surface', async (args, message) => {
    const result = await client.callTool({ name: 'umbrella_show', arguments: args });
    expect(result.isError).toBe(true);
    expect(JSON.parse(textOf(result))).toEqual({
      code: 'usage',
      mcpCode: FAILURES.usage.mcpCode,
      message,
      hint: expect.stringMatching(/^It takes ref/),
    });
  });

  test('tells clients that it takes no other argument', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ inputSchema }) => inputSchema.additionalProperties)).toEqual(tools.map(() => false));
  });

  test('names the argument that is wrong', async () => {
    const result = await client.callTool({ name: 'umbrella_show', arguments: { reff: '#1' } });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toMatch(/ref/);
  });

  test('shows a bug as "internal error", without its text or stack', async () => {
    const broken = await connectTo({
      ...reached.context,
      now: () => {
        throw new TypeError('secret of the house');
      },
    });
    const result = await broken.callTool({ name: 'umbrella_list', arguments: {} });
    await broken.close();
    expect(result.isError).toBe(true);
    expect(JSON.parse(textOf(result))).toMatchObject({ code: 'internal', message: 'internal error' });
    expect(JSON.stringify(result)).not.toMatch(/secret|\.ts:\d/);
    expect(bugs).toEqual([expect.any(TypeError)]);
  });
});

async function connectTo(context: OperationContext): Promise<Client> {
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await buildMcpServer({ context, version: '0.0.0', onBug: (error) => bugs.push(error) }).connect(theirs);
  const connected = new Client({ name: 'test', version: '0.0.0' });
  await connected.connect(ours);
  return connected;
}

const claimSchema = z.object({ claim: z.object({ task: refSchema, token: z.int() }) });

const contentSchema = z.array(z.object({ type: z.literal('text'), text: z.string() }));

const textOf = ({ content }: { readonly content?: unknown }): string =>
  contentSchema
    .parse(content)
    .map(({ text }) => text)
    .join('');

import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createBodyReader, MAX_PAYLOAD_BYTES } from '../../../src/surfaces/app/read-limited-body.ts';

test('a body is kept whole', async () => {
  const body = new PassThrough();
  const read = createBodyReader()(body);
  body.write('{"a":');
  body.end('1}');
  expect(String(await read)).toBe('{"a":1}');
});

test('one that is longer than a payload can be is not kept', async () => {
  const body = new PassThrough();
  const read = createBodyReader()(body);
  body.end(Buffer.alloc(MAX_PAYLOAD_BYTES + 1));
  expect(await read).toBe('too_large');
});

test('while too much is being read, further bodies are refused; afterwards they are taken again', async () => {
  const reader = createBodyReader({ maxBytesBeingRead: 10 });
  const [slow, refused, later] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const first = reader(slow);
  slow.write('12345678');
  const second = reader(refused);
  refused.end('1234');
  expect(await second).toBe('too_busy');
  slow.end();
  expect(String(await first)).toBe('12345678');
  const third = reader(later);
  later.end('1234');
  expect(String(await third)).toBe('1234');
});

test('a sender that goes away leaves nothing behind', async () => {
  const reader = createBodyReader({ maxBytesBeingRead: 10 });
  const gone = new PassThrough();
  const read = reader(gone);
  gone.write('12345678');
  gone.destroy();
  expect(await read).toBe('aborted');
  const next = new PassThrough();
  const other = reader(next);
  next.end('12345678');
  expect(String(await other)).toBe('12345678');
});

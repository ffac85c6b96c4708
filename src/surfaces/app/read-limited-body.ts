import type { Readable } from 'node:stream';

/** GitHub caps payloads at 25 MB and does not send larger ones: https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap */
export const MAX_PAYLOAD_BYTES = 25 * 1024 * 1024;

/** What the bodies that are being read may take together; nobody has checked their signatures yet. */
export const MAX_BYTES_BEING_READ = 8 * MAX_PAYLOAD_BYTES;

type ReadBody = Buffer | 'too_large' | 'too_busy' | 'aborted';

/**
 * A reader that keeps a body whole, or nothing of it: when it is longer than a payload can be, when too much is being
 * read at the same moment, or when the sender goes away before its end.
 */
export function createBodyReader({ maxBytesBeingRead = MAX_BYTES_BEING_READ } = {}) {
  let held = 0;

  return (request: Readable): Promise<ReadBody> => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    return new Promise<ReadBody>((resolve) => {
      const end = (body: ReadBody) => {
        request.off('data', keep);
        held -= bytes;
        bytes = 0;
        resolve(body);
      };
      const keep = (chunk: Buffer) => {
        if (bytes + chunk.length > MAX_PAYLOAD_BYTES) return end('too_large');
        if (held + chunk.length > maxBytesBeingRead) return end('too_busy');
        held += chunk.length;
        bytes += chunk.length;
        chunks.push(chunk);
      };
      request.on('data', keep);
      request.once('end', () => end(Buffer.concat(chunks)));
      request.once('error', () => end('aborted'));
      request.once('close', () => end('aborted'));
    });
  };
}

import type { IncomingMessage } from 'node:http';

/** GitHub caps payloads at 25 MB and does not send larger ones: https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap */
export const MAX_PAYLOAD_BYTES = 25 * 1024 * 1024;

/** The whole body, or null as soon as it is longer than `maxBytes`: from then on nothing of it is kept. */
export function readLimitedBody(request: IncomingMessage, maxBytes = MAX_PAYLOAD_BYTES): Promise<Buffer | null> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > maxBytes) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      resolve(null);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the connection was closed before the body had arrived')));
  });
}

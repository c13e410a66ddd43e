import fc from 'fast-check';
import { wholeChunks } from './whole-chunks';

describe('wholeChunks', () => {
  it('changes the chunks and not the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 50 })),
        fc.integer({ min: 1, max: 40 }),
        async (parts, size) => {
          async function* given() {
            yield* parts;
          }
          const chunks: Uint8Array[] = [];
          for await (const chunk of wholeChunks(given(), size)) chunks.push(chunk);
          expect(Buffer.concat(chunks)).toEqual(Buffer.concat(parts));
          for (const chunk of chunks.slice(0, -1)) expect(chunk).toHaveLength(size);
          for (const chunk of chunks.slice(-1)) expect(chunk.length > 0 && chunk.length <= size).toBe(true);
        },
      ),
    );
  });
});

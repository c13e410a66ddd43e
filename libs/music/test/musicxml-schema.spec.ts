import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { validateXML } from 'xmllint-wasm';
import { writeMusicXml } from '../src/musicxml/musicxml-writer';
import { BAR, sampleScore } from '../src/score/testing/sample-score';
import { scoreArbitrary } from '../src/score/testing/score-arbitrary';

const folder = join(__dirname, 'fixtures/musicxml-4.0');
const file = (name: string) => ({ fileName: name, contents: readFileSync(join(folder, name), 'utf8') });
// The schema names its imports by URL; the validator finds them beside it.
const { fileName, contents } = file('musicxml.xsd');
const schema = { fileName, contents: contents.replace(/http:\/\/www\.musicxml\.org\/xsd\//g, '') };

async function schemaErrors(...documents: string[]): Promise<string[]> {
  const result = await validateXML({
    xml: documents.map((contents, index) => ({ fileName: `score-${index}.musicxml`, contents })),
    schema: [schema],
    preload: [file('xlink.xsd'), file('xml.xsd')],
    initialMemoryPages: 1024,
    maxMemoryPages: 8192,
  });
  return result.errors.map((error) => error.rawMessage);
}

describe('writeMusicXml', () => {
  it('meets the MusicXML 4.0 schema, and the schema check does find faults', async () => {
    const xml = writeMusicXml(sampleScore());
    expect(await schemaErrors(xml)).toEqual([]);
    expect(await schemaErrors(xml.replace('<voice>1</voice>', '<vice>1</vice>'))).toHaveLength(1);
  });

  it('meets the schema for any valid score', async () => {
    const scores = fc
      .sample(fc.tuple(scoreArbitrary(), fc.constant(0)), { numRuns: 25, seed: 3 })
      .map(([score]) => score);
    const documents = scores.filter((score) => score.tracks.length > 0).map((score) => writeMusicXml(score));
    expect(documents.length).toBeGreaterThan(10);
    expect(await schemaErrors(...documents)).toEqual([]);
  });

  it('writes every kind of harmony as the schema has it', async () => {
    const symbols = ['Dm7', 'Bbmaj7', 'F#7b9', 'G7sus4', 'Cadd9', 'C/E', 'Abm(maj7)', 'Bm7b5', 'E7#9', 'C6/9', 'what'];
    const documents = symbols.map((symbol) =>
      writeMusicXml(sampleScore({ chords: [{ startTick: 0, durationTicks: BAR, symbol, roman: '' }] })),
    );
    expect(await schemaErrors(...documents)).toEqual([]);
  });
});

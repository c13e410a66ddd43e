import { interpretPrompt } from '../../brief/interpret-prompt';
import { producePlan } from '../../plan/producer';
import type { Note, Role, Score } from '../../score/score';
import { barStartTick, totalBars } from '../../score/timeline';
import { composeScore } from '../compose';
import { criticise } from '../critic';

function song(prompt: string) {
  const brief = interpretPrompt(prompt, { seed: 3 });
  const plan = producePlan(brief);
  const { score, faults } = composeScore(brief, plan);
  return { brief, plan, score, faults };
}

const note = (startTick: number, durationTicks: number, pitch: number): Note => ({
  startTick,
  durationTicks,
  pitch,
  velocity: 80,
});
/** The Score with the notes of the first track of a role changed. */
function changed(score: Score, role: Role, change: (notes: readonly Note[]) => Note[]): Score {
  const track = score.tracks.find((each) => each.role === role);
  if (!track) throw new Error(`the song has no ${role}`);
  return { ...score, tracks: score.tracks.map((each) => (each === track ? { ...each, notes: change(each.notes) } : each)) };
} // prettier-ignore

describe('the critic', () => {
  const classical = song('classical in G major, 4/4, 16 bars, piano, flute, cello, violin');
  const rock = song('rock in A minor, 4/4, 16 bars, acoustic guitar and trumpet, over i - iv - v - i');
  const parts = song(
    'pop in C major, 4/4 at 100 bpm, verse 8, bridge 8, chorus 8, bridge in 3/4 in G major at 120 bpm without drums',
  );
  const found = ({ brief, plan }: ReturnType<typeof song>, score: Score) => criticise(brief, plan, score).map(({ agent, fault }) => `${agent}: ${fault}`); // prettier-ignore

  it('finds nothing in what it has let pass', () => {
    for (const { faults } of [classical, rock, parts]) expect(faults).toEqual([]);
  });

  const everyBar = (score: Score, write: (tick: number) => Note[]) =>
    Array.from({ length: totalBars(score) - 1 }, (_, bar) => write(barStartTick(score, bar))).flat();

  it.each<[string, ReturnType<typeof song>, Role, (notes: readonly Note[], score: Score) => Note[], RegExp]>([
    ['hands', classical, 'chords', (_, score) => everyBar(score, (tick) => [24, 50, 76, 96].map((pitch) => note(tick, 900, pitch))), /^arranger: two hands cannot hold/],
    ['strings', rock, 'chords', (_, score) => everyBar(score, (tick) => [note(tick, 900, 40), note(tick, 900, 41), note(tick, 900, 64)]), /^arranger: six strings cannot hold 40 41 64/],
    ['sticks', rock, 'drums', (notes) => [...notes, ...[38, 49, 51, 42].map((key) => note(notes.at(-1)!.startTick, 60, key))], /^rhythm: one drummer cannot strike/],
    ['breath', rock, 'lead', (_, score) => Array.from({ length: totalBars(score) * 4 }, (_each, beat) => note(beat * 480, 480, 69 + (beat % 5))), /^melody: trumpet has no breath for \d+ seconds/],
    ['parallels', classical, 'lead', (_, score) => score.tracks.find(({ role }) => role === 'bass')!.notes.map((each) => ({ ...each, pitch: each.pitch + 24 })), /^melody: \d+ of \d+ moves of bass and lead are parallel/],
    ['mud', classical, 'chords', (_, score) => everyBar(score, (tick) => [note(tick, 900, 36), note(tick, 900, 39), note(tick, 900, 43)]), /^arranger: \d+ of \d+ chords are close and low/],
    ['crossing', rock, 'bass', (notes) => notes.map((each) => ({ ...each, pitch: 96 })), /^melody: \d+ of \d+ notes lie below the bass/],
    ['a wide melody', rock, 'lead', (notes) => notes.map((each, index) => ({ ...each, pitch: index % 2 ? 55 : 88 })), /^melody: the melody spans 33 semitones/],
    ['step', rock, 'lead', (notes) => notes.map((each) => ({ ...each, startTick: each.startTick + 60 })), /^melody: \d+ of \d+ notes are out of step/],
    ['the close', rock, 'lead', (notes, score) => [...notes, note(barStartTick(score, totalBars(score) - 1) + 960, 200, 69)], /^melody: goes on after the close/],
    ['a silent tune', rock, 'lead', (notes) => notes.slice(-1), /^melody: (the tune sounds in 1|trumpet was asked for and has only one bar)/],
    ['chords', rock, 'chords', (notes) => notes.map((each) => ({ ...each, pitch: 69 })), /^arranger: only \d+ of \d+ chords asked for are heard/],
  ])('hears what is wrong with %s', (_name, whole, role, change, fault) => {
    const score = changed(whole.score, role, (notes) => change(notes, whole.score));
    const faults = found(whole, score);
    expect(faults).toEqual(expect.arrayContaining([expect.stringMatching(fault)]));
  }); // prettier-ignore

  it('hears what a section was asked for', () => {
    const { score } = parts;
    const [meter] = score.meters;
    expect(found(parts, { ...score, tempos: score.tempos.slice(0, 1) })).toEqual(
      expect.arrayContaining(['arranger: bridge-1 has another tempo than asked for']),
    );
    expect(found(parts, { ...score, keys: score.keys.slice(0, 1) })).toEqual(
      expect.arrayContaining(['producer: bridge-1 is not in G major']),
    );
    const squared = { ...score, meters: meter ? [meter] : [] };
    expect(found(parts, squared)).toEqual(expect.arrayContaining(['producer: bridge-1 is not in 3/4']));
    const bridge = barStartTick(score, 8);
    const drummed = changed(score, 'drums', (notes) => [...notes, note(bridge, 60, 36)].sort((a, b) => a.startTick - b.startTick)); // prettier-ignore
    expect(found(parts, drummed)).toEqual(expect.arrayContaining(['producer: drums sounds in bridge-1']));
  });
});

import { defaultBrief } from '../brief/default-brief';
import { producePlan } from '../plan/producer';
import type { Score } from '../score/score';
import { edited, song, trackOf } from '../edits/testing/edited-song';
import { bendControls } from './bends';
import { composeScore } from './compose';
import { songFrame } from './song-frame';
import { trialBrief } from './trial-brief';

function compose(style: string, key = { tonic: 'D', mode: 'minor' as 'minor' | 'major' }, seed = 1): Score {
  const brief = defaultBrief({ style, key, seed, bars: 32 });
  return composeScore(brief, producePlan(brief)).score;
}

const bendsOf = (score: Score, role: string) =>
  score.tracks
    .filter((track) => track.role === role)
    .flatMap(({ controls }) => controls.filter(({ controller }) => controller === -1));

describe('pitch bends', () => {
  it('tune the neutral third of Rast half a semitone flat, and only it and the neutral seventh', () => {
    const seeds = Array.from({ length: 8 }, (_, index) => index + 1);
    const scores = seeds.map((seed) => compose('middle-eastern', { tonic: 'C', mode: 'major' }, seed));
    const tuned = scores.filter((score) => bendsOf(score, 'lead').some(({ value }) => value === -2048));
    expect(tuned.length).toBeGreaterThan(0);
    for (const { tracks } of tuned) {
      const lead = tracks.find(({ role }) => role === 'lead');
      for (const note of lead?.notes ?? []) {
        const at = note.startTick + note.durationTicks - 1;
        const bend = lead?.controls.findLast(({ controller, tick }) => controller === -1 && tick <= at)?.value ?? 0;
        expect([note.pitch % 12, bend]).toEqual([note.pitch % 12, [4, 11].includes(note.pitch % 12) ? -2048 : 0]);
      }
    }
  });

  it('glide a bass from note to note within the range they select first', () => {
    const score = compose('drill');
    const bass = score.tracks.find(({ role }) => role === 'bass');
    expect(bass?.controls.slice(0, 4).map(({ controller }) => controller)).toEqual(
      expect.arrayContaining([100, 101, 6]),
    );
    const bends = bendsOf(score, 'bass');
    expect(bends.some(({ value }) => value !== 0)).toBe(true);
    expect(bends.at(-1)?.value).toBe(0);
  });

  it('leave styles alone that have neither scales of their own nor slides', () => {
    for (const style of ['rock', 'house', 'orchestral']) {
      const score = compose(style);
      for (const role of ['lead', 'counter', 'bass']) expect(bendsOf(score, role)).toEqual([]);
    }
  });

  it('follow the notes when bars are written anew, and leave those of all other bars', () => {
    const before = song({ style: 'raga', key: { tonic: 'D', mode: 'lydian' }, bars: 32 });
    const after = edited([{ type: 'regenerate', trackId: 'lead', fromBar: 20, toBar: 24 }], before);
    const [old, lead] = [trackOf(before.score, 'lead'), trackOf(after.score, 'lead')];
    expect(lead.notes).not.toEqual(old.notes);
    const frame = songFrame(after.brief, after.plan);
    const bends = lead.controls.filter(({ controller }) => controller === -1);
    expect(bends).toEqual(bendControls(after.score, frame, lead));
    const early = ({ tick }: { tick: number }) => tick < 19 * frame.barTicks;
    expect(lead.controls.filter(early)).toEqual(old.controls.filter(early));
  });

  it('bend one way at a time where notes are shorter than a slide', () => {
    const brief = defaultBrief({
      style: 'klezmer',
      key: { tonic: 'C', mode: 'major' },
      tempoMilliBpm: 20_000,
      meter: { numerator: 1, denominator: 2 },
      bars: 24,
      seed: 0,
      instruments: [{ instrument: 'acoustic-grand-piano', role: 'counter', asked: 'piano', standIn: false }],
      swingPercent: 50,
      intensity: 59,
    });
    const { score } = composeScore(brief, producePlan(brief));
    expect(bendsOf(score, 'lead').length).toBeGreaterThan(0);
    for (const { controls } of score.tracks) {
      const ticks = controls.filter(({ controller }) => controller === -1).map(({ tick }) => tick);
      expect(new Set(ticks).size).toBe(ticks.length);
    }
  });

  it('keep all controls in the order that a Score demands', () => {
    for (const style of ['raga', 'trap', 'blues', 'gamelan']) {
      const brief = trialBrief(style, 3, 24);
      const { score } = composeScore(brief, producePlan(brief));
      for (const { controls } of score.tracks) {
        const sorted = [...controls].sort((a, b) => a.tick - b.tick || a.controller - b.controller);
        expect(controls).toEqual(sorted);
      }
    }
  });
});

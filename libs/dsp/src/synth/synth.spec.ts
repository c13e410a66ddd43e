import { INSTRUMENTS } from '@beatbot/music/score';
import fc from 'fast-check';
import { createSynthEngine } from '../engine/synth-engine';
import { SynthKernel } from '../kernel/synth-kernel';
import { SYNTH_CHUNK, SYNTH_STEP } from '../kernel/synth-layout';
import { sliceBlock, StereoBlock, stereoBlock } from '../stereo-block';
import { note, track } from '../testing/score';
import { levelAt, peak, rmsDb, sameBits } from '../testing/signals';
import type { Oscillator, Patch } from './patch';
import { DRUM_MACHINES, PRESETS, synthSound } from './preset-catalogue';
import { centsOf, SynthNote } from './synth-note';
import { SynthTrack } from './synth-track';

const RATE = 44_100;
const TEMPOS = [{ tick: 0, milliBpm: 120_000 }];
const engine = createSynthEngine(RATE);
const SYNTHS = INSTRUMENTS.filter((instrument) => instrument.isSynth);
const MELODIC = SYNTHS.filter((instrument) => !instrument.isDrumKit);
const held: Patch['amplifier'] = { attack: 0.001, decay: 1, sustain: 1, release: 0.1 };

const play = (instrument: string, notes: ReturnType<typeof note>[], seconds: number, controls = [] as { tick: number; controller: number; value: number }[]): StereoBlock => {
  const block = stereoBlock(Math.round(seconds * RATE));
  engine.openTrack(track({ id: 'a', instrument, notes, controls }), TEMPOS).render(block);
  return block;
}; // prettier-ignore

/** One patch at a pitch in cents, held. */
function hold(patch: Patch, cents: number, frames: number): Float32Array {
  const kernel = new SynthKernel(RATE);
  const tools = { kernel, sampleRate: RATE, voiceFrames: 0 };
  const sound = { decibels: 0, preset: { patches: [patch] } };
  const key = Math.floor(cents / 100);
  const events = [
    // A bend of two semitones at most reaches between the keys.
    {
      frame: 0,
      kind: 'control' as const,
      controller: -1,
      value: 8192 + Math.round(((cents - key * 100) / 200) * 8192),
    },
    { frame: 0, kind: 'note-on' as const, pitch: key, velocity: 127 },
  ];
  const block = stereoBlock(frames);
  new SynthTrack(tools, sound, events, TEMPOS, 0).render(block);
  return block.left;
}

/** The frequency near a guess, by how the phase moves on between two windows. */
function frequencyNear(samples: Float32Array, guess: number, start: number): number {
  const [length, hop] = [8192, 2048];
  const phase = (from: number): number => {
    let [re, im] = [0, 0];
    for (let i = 0; i < length; i++) {
      const windowed = samples[from + i]! * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length));
      re += windowed * Math.cos((2 * Math.PI * guess * (from + i)) / RATE);
      im -= windowed * Math.sin((2 * Math.PI * guess * (from + i)) / RATE);
    }
    return Math.atan2(im, re);
  };
  const turn = (phase(start + hop) - phase(start)) / (2 * Math.PI);
  return guess + ((turn - Math.round(turn)) * RATE) / hop;
}

describe('the oscillators', () => {
  it.each(['saw', 'pulse', 'triangle'] as const)('have no alias above -80 dB at 5 kHz: %s', (wave) => {
    const samples = hold({ oscillators: [{ wave, level: 1 }], amplifier: held }, centsOf(5003), 20_000);
    const fundamental = levelAt(samples, RATE, 5003, 2000, 18_384);
    let worst = -Infinity;
    // Where the harmonics beyond half the sample rate would be folded to.
    for (let harmonic = 5; harmonic <= 60; harmonic++) {
      const folded = Math.abs(5003 * harmonic - RATE * Math.round((5003 * harmonic) / RATE));
      if (Math.abs(folded - 5003 * Math.round(folded / 5003)) > 60)
        worst = Math.max(worst, levelAt(samples, RATE, folded, 2000, 18_384) - fundamental);
    }
    expect(worst).toBeLessThan(-80);
  });

  it('have the harmonics of their series', () => {
    const saw = hold({ oscillators: [{ wave: 'saw', level: 1 }], amplifier: held }, 5700, 40_000);
    const first = levelAt(saw, RATE, 220, 4000, 36_768);
    for (const harmonic of [2, 3, 10, 40])
      expect(levelAt(saw, RATE, 220 * harmonic, 4000, 36_768) - first).toBeCloseTo(-20 * Math.log10(harmonic), 1);
    const square = hold({ oscillators: [{ wave: 'pulse', level: 1 }], amplifier: held }, 5700, 40_000);
    expect(levelAt(square, RATE, 440, 4000, 36_768)).toBeLessThan(first - 60);
  });

  it.each<Oscillator['wave']>(['saw', 'pulse', 'triangle', 'sine', 'fm', 'string'])('are in tune within 2 cents: %s', (wave) => {
    for (const key of [33, 45, 57, 69, 81, 93]) {
      const patch: Patch = {
        oscillators: [{ wave, level: 1, index: 1 }],
        amplifier: held,
        ...(wave === 'string' && { string: { seconds: 8, softness: 0.3, place: 0.2, damping: 0.2 } }),
      };
      const hertz = 440 * 2 ** ((key - 69) / 12);
      const found = frequencyNear(hold(patch, key * 100, 20_000), hertz, 4000);
      expect({ key, cents: Math.abs(1200 * Math.log2(found / hertz)) < 2 }).toEqual({ key, cents: true });
    }
  }); // prettier-ignore

  it('are steady in every state: no NaN, no runaway, whatever the patch', () => {
    const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const envelope = fc.record({
      attack: between(0, 2),
      decay: between(0, 5),
      sustain: between(0, 1),
      release: between(0, 5),
    });
    const patches = fc.record({
      oscillators: fc.array(
        fc.record({
          wave: fc.constantFrom<Oscillator['wave']>('saw', 'pulse', 'triangle', 'sine', 'fm', 'noise'),
          level: between(0, 1),
          cents: between(-4800, 4800),
          width: between(0, 1),
          ratio: between(0, 20),
          index: between(0, 20),
          unison: fc.integer({ min: 1, max: 3 }),
          detune: between(0, 100),
          spread: between(0, 1),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      amplifier: envelope,
      modulation: fc.tuple(envelope, between(-9000, 9000), between(-9000, 9000), between(0, 20)).map(
        ([shape, pitch, cutoff, index]) => ({ ...shape, pitch, cutoff, index }),
      ),
      filter: fc.record({
        kind: fc.constantFrom('low' as const, 'band' as const, 'high' as const),
        hertz: between(20, 20_000),
        poles: fc.constantFrom(2 as const, 4 as const),
        resonance: between(0.3, 20),
        track: between(0, 1),
      }),
      lfo: fc.record({ hertz: between(0, 30), pitch: between(0, 2400), cutoff: between(0, 4800), level: between(0, 1), width: between(0, 1) }),
    }); // prettier-ignore
    fc.assert(
      fc.property(patches, fc.integer({ min: 0, max: 127 }), (patch, key) => {
        const samples = hold(patch, key * 100, 8192);
        const highest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
        expect(samples.every(Number.isFinite) && highest < 200).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the presets', () => {
  it('are those of the catalogue of instruments, at least 24', () => {
    expect([...Object.keys(PRESETS), ...Object.keys(DRUM_MACHINES)].sort()).toEqual(SYNTHS.map(({ id }) => id).sort());
    expect(SYNTHS.length).toBeGreaterThanOrEqual(24);
    expect(() => synthSound('flute')).toThrow('no synthesiser preset is called flute');
  });

  it.each(MELODIC.map(({ id, lowestPitch, highestPitch }) => [id, lowestPitch, highestPitch] as const))(
    '%s sounds in its whole range without clipping, at one loudness, without DC',
    (id, lowest, highest) => {
      for (const pitch of [lowest, Math.round((lowest + highest) / 2), highest]) {
        const block = play(id, [note(0, 1900, pitch, 127)], 2);
        expect(peak(block)).toBeLessThan(0.9);
        expect(rmsDb(block)).toBeGreaterThan(-50);
        const mean = block.left.reduce((sum, sample) => sum + sample, 0) / block.left.length;
        expect(Math.abs(mean)).toBeLessThan(0.008);
      }
      const seconds = id === 'noise-riser' ? 4 : 1;
      const bass = SYNTHS.find((each) => each.id === id)?.family === 'bass';
      const usual = play(id, [note(0, 960 * seconds, bass ? 40 : 64, 100)], seconds);
      expect(Math.abs(rmsDb(usual, (seconds - 1) * RATE, seconds * RATE) + 26)).toBeLessThan(1);
    },
  );

  it('differ from each other by more than 2 dB in some octave, on average over time', () => {
    const spectra = MELODIC.map(({ id }) => {
      const { left } = play(id, [note(0, 1900, 48, 100)], 2);
      const at = (start: number) =>
        [1, 2, 3, 4, 5, 7, 9, 13].map((harmonic) => Math.max(-100, levelAt(left, RATE, 130.8128 * harmonic, start, start + 8192)));
      return { id, levels: [...at(1000), ...at(30_000), ...at(70_000)] };
    }); // prettier-ignore
    for (const [index, a] of spectra.entries())
      for (const b of spectra.slice(index + 1)) {
        const most = Math.max(...a.levels.map((level, i) => Math.abs(level - b.levels[i]!)));
        expect({ pair: `${a.id} ${b.id}`, differ: most > 2 }).toEqual({ pair: `${a.id} ${b.id}`, differ: true });
      }
  });

  it.each(Object.keys(DRUM_MACHINES))('%s has a sound for every percussion key, which ends', (id) => {
    for (let key = 27; key <= 87; key++) {
      const block = play(id, [note(0, 60, key, 127)], 4);
      expect({ key, sounds: peak(block) > 0.01, clips: peak(block) >= 1 }).toEqual({ key, sounds: true, clips: false });
      expect(peak(sliceBlock(block, 3.5 * RATE, 4 * RATE))).toBeLessThan(0.001);
    }
  });
});

describe('a synthesised track', () => {
  const notes = [note(0, 400, 60), note(430, 400, 64, 110), note(700, 900, 67, 50), note(1000, 30, 36, 127)];

  it.each(SYNTHS.map(({ id }) => id))(
    '%s is the same in blocks of any length, beside others and from another engine',
    (id) => {
      const whole = play(id, notes, 1.5);
      const parts = stereoBlock(whole.left.length);
      const other = createSynthEngine(RATE);
      const beside = other.openTrack(track({ id: 'b', instrument: 'acid-bass', notes: [note(0, 900, 40)] }), TEMPOS);
      const voice = other.openTrack(track({ id: 'a', instrument: id, notes }), TEMPOS);
      for (let at = 0, length = 1; at < whole.left.length; at += length, length = (length * 7 + 13) % 4001) {
        voice.render(sliceBlock(parts, at, Math.min(whole.left.length, at + length)));
        beside.render(stereoBlock(501));
      }
      expect(sameBits(whole, parts)).toBe(true);
    },
  );

  it('begins notes on their frame and shapes them alike wherever they fall', () => {
    const first = hold({ oscillators: [{ wave: 'saw', level: 1 }], amplifier: held }, 6000, 3000);
    const kernel = new SynthKernel(RATE);
    const block = stereoBlock(3777);
    const events = [{ frame: 777, kind: 'note-on' as const, pitch: 60, velocity: 127 }];
    const patch: Patch = { oscillators: [{ wave: 'saw', level: 1 }], amplifier: held };
    new SynthTrack({ kernel, sampleRate: RATE, voiceFrames: 0 }, { decibels: 0, preset: { patches: [patch] } }, events, TEMPOS, 0).render(block);
    expect(block.left.subarray(0, 777).every((sample) => sample === 0)).toBe(true);
    expect([...block.left.subarray(777)]).toEqual([...first]);
  }); // prettier-ignore

  it('has the attack and the release it states', () => {
    const slow: Patch = { oscillators: [{ wave: 'sine', level: 1 }], amplifier: { attack: 0.5, decay: 1, sustain: 1, release: 0.2 } };
    const kernel = new SynthKernel(RATE);
    const block = stereoBlock(2 * RATE);
    const events = [
      { frame: 0, kind: 'note-on' as const, pitch: 69, velocity: 127 },
      { frame: RATE, kind: 'note-off' as const, pitch: 69 },
    ];
    new SynthTrack({ kernel, sampleRate: RATE, voiceFrames: 0 }, { decibels: 0, preset: { patches: [slow] } }, events, TEMPOS, 0).render(block);
    const level = (seconds: number) => levelAt(block.left, RATE, 440, Math.round(seconds * RATE) - 1024, Math.round(seconds * RATE) + 1024);
    const top = level(0.8);
    expect(level(0.25) - top).toBeCloseTo(-6.02, 0);
    expect(level(1.1) - level(1.05)).toBeCloseTo(-15, 0);
    expect(peak(sliceBlock(block, 1.6 * RATE, 2 * RATE))).toBe(0);
  }); // prettier-ignore

  it('glides from a note that is held to the next, and back', () => {
    const { left } = play('sub-bass', [note(0, 1900, 40), note(480, 480, 52)], 2);
    const near = (key: number, seconds: number) => {
      const hertz = 440 * 2 ** ((key - 69) / 12);
      return Math.abs(1200 * Math.log2(frequencyNear(left, hertz, Math.round(seconds * RATE)) / hertz));
    };
    expect(near(40, 0.1)).toBeLessThan(5);
    expect(near(52, 0.7)).toBeLessThan(5);
    expect(near(40, 1.4)).toBeLessThan(5);
  });

  it('follows bends with their range, volume and expression', () => {
    const notesOf = [note(0, 1900, 57, 100)];
    const bent = play('pulse-lead', notesOf, 1, [{ tick: 0, controller: -1, value: 8191 }]);
    const hertz = 440 * 2 ** ((59 - 69) / 12);
    expect(Math.abs(1200 * Math.log2(frequencyNear(bent.left, hertz, 8000) / hertz))).toBeLessThan(2);
    const soft = play('pulse-lead', notesOf, 1, [{ tick: 0, controller: 11, value: 64 }]);
    expect(rmsDb(soft) - rmsDb(play('pulse-lead', notesOf, 1))).toBeCloseTo(40 * Math.log10(64 / 127), 1);
  });

  it.each(Object.keys(DRUM_MACHINES))('%s has a kick that peaks at -12 dBFS', (machine) => {
    expect(Math.abs(20 * Math.log10(peak(play(machine, [note(0, 60, 36, 100)], 1))) + 12)).toBeLessThan(1);
  });

  it('ends an open hi-hat by a closed one', () => {
    const open = play('tr-808-kit', [note(0, 60, 46)], 0.5);
    const choked = play('tr-808-kit', [note(0, 60, 46), note(240, 60, 42, 1)], 0.5);
    const end = [0.3 * RATE, 0.5 * RATE] as const;
    expect(rmsDb(choked, ...end)).toBeLessThan(rmsDb(open, ...end) - 20);
  });

  it('moves a wobble bass with the tempo', () => {
    const fast = stereoBlock(RATE);
    const bass = track({ id: 'a', instrument: 'wobble-bass', notes: [note(0, 3000, 40)] });
    engine.openTrack(bass, [{ tick: 0, milliBpm: 240_000 }]).render(fast);
    const slow = play('wobble-bass', [note(0, 3000, 40)], 1);
    expect(sameBits(fast, slow)).toBe(false);
  });

  it('refuses more voices at a time than it has room for, and takes as many one after another', () => {
    const sustained = [{ tick: 0, controller: 64, value: 127 }];
    const many = Array.from({ length: 600 }, (_, at) => note(at, 1, 40 + (at % 40)));
    expect(() => play('pulse-lead', many, 1, sustained)).toThrow(/tracks\.notes.*at most 512 voices at a time/);
    const apart = Array.from({ length: 600 }, (_, at) => note(at * 240, 1, 60));
    expect(peak(play('synth-pluck', apart, 150))).toBeLessThan(1);
  });

  it('keeps to whole steps within its chunk', () => {
    expect(SYNTH_CHUNK % SYNTH_STEP).toBe(0);
    const patch: Patch = { oscillators: [{ wave: 'saw', level: 1, unison: 11 }], amplifier: held };
    const start = { key: 60, cents: 6000, fromCents: 6000, velocity: 1, frame: 0, beatsPerSecond: 2, glideSeconds: 0, group: 0, level: 1 };
    expect(() => new SynthNote(patch, start, 1, RATE)).toThrow('at most 10 oscillators');
  }); // prettier-ignore
});

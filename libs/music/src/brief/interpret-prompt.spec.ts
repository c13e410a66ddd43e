import fc from 'fast-check';
import { InputError } from '../input-error';
import type { Brief, Controls } from './brief';
import { interpretPrompt, MAX_PROMPT_CHARACTERS } from './interpret-prompt';
import { PROMPT_CORPUS, type ExpectedReading } from './testing/prompt-corpus';

const REFERENCE = 'dusty lo-fi beat at 82 bpm in D minor, 32 bars, Rhodes and upright bass';

/** The fields of a Brief in the shape of the corpus. */
function reading(brief: Brief): Required<ExpectedReading> {
  return {
    style: brief.style.value,
    blend: brief.blend.value,
    key: `${brief.key.value.tonic} ${brief.key.value.mode}`,
    tempoBpm: brief.tempoMilliBpm.value / 1000,
    meter: `${brief.meter.value.numerator}/${brief.meter.value.denominator}`,
    swingPercent: brief.swingPercent.value,
    bars: brief.bars.value,
    form: brief.form.value.map(({ name, bars }) => `${name} ${bars}`).join(', '),
    instruments: brief.instruments.value.map(({ instrument, role }) => `${instrument} ${role}`),
    excluded: brief.excluded.value,
    moods: brief.moods.value,
    progression: brief.progression.value.join(' '),
    title: brief.title.value,
    seed: brief.seed.value,
    loop: brief.loop.value,
    notUnderstood: brief.notUnderstood.map(({ text }) => text),
    contradictions: brief.contradictions.map(({ field }) => field),
  };
}

function misses(prompt: string, expected: ExpectedReading): string[] {
  const actual = reading(interpretPrompt(prompt));
  return (Object.keys(expected) as (keyof ExpectedReading)[]).flatMap((field) => {
    const [wanted, found] = [expected[field], actual[field]];
    const equal =
      field === 'moods' && expected.moods && expected.moods.length > 0
        ? expected.moods.every((mood) => actual.moods.includes(mood))
        : JSON.stringify(wanted) === JSON.stringify(found);
    return equal ? [] : [`${prompt} :: ${field}: expected ${JSON.stringify(wanted)}, read ${JSON.stringify(found)}`];
  });
}

function errorOf(run: () => unknown): InputError {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** All fields of a Brief that carry spans. */
function spansOf(brief: Brief) {
  const fields = [
    brief.style,
    brief.blend,
    brief.moods,
    brief.key,
    brief.tempoMilliBpm,
    brief.meter,
    brief.swingPercent,
  ];
  const more = [
    brief.bars,
    brief.form,
    brief.instruments,
    brief.excluded,
    brief.progression,
    brief.intensity,
    brief.loop,
  ];
  return [...fields, ...more, brief.title, brief.seed].flatMap((field) => field.spans).concat(brief.notUnderstood);
}

describe('interpretPrompt', () => {
  it('reads every prompt of the corpus as a musician does', () => {
    const failures = PROMPT_CORPUS.flatMap(([prompt, expected]) => misses(prompt, expected));
    const fields = PROMPT_CORPUS.reduce((sum, [, expected]) => sum + Object.keys(expected).length, 0);
    const read = fields - failures.length;
    process.stdout.write(`prompt corpus: ${read} of ${fields} fields in ${PROMPT_CORPUS.length} prompts\n`);
    expect(failures).toEqual([]);
  });

  it('says for every field of the reference prompt where it comes from', () => {
    const brief = interpretPrompt(REFERENCE);
    expect(brief.style).toEqual({
      value: 'lo-fi-hip-hop',
      provenance: 'stated',
      spans: [{ start: 6, end: 11, text: 'lo-fi' }],
    });
    expect(brief.tempoMilliBpm).toMatchObject({ value: 82_000, provenance: 'stated', spans: [{ text: 'at 82 bpm' }] });
    expect(brief.key).toMatchObject({
      value: { tonic: 'D', mode: 'minor' },
      provenance: 'stated',
      spans: [{ text: 'D minor' }],
    });
    expect(brief.bars).toMatchObject({ value: 32, provenance: 'stated' });
    expect(brief.instruments.provenance).toBe('stated');
    expect(brief.instruments.value).toEqual([
      { instrument: 'electric-piano-1', role: 'chords', asked: 'Rhodes', standIn: false },
      { instrument: 'acoustic-bass', role: 'bass', asked: 'upright bass', standIn: false },
    ]);
    expect(brief.moods).toMatchObject({ value: ['dusty'], provenance: 'stated' });
    expect([brief.meter.provenance, brief.swingPercent.provenance, brief.seed.provenance]).toEqual([
      'default',
      'default',
      'default',
    ]);
    expect(brief.title).toMatchObject({ value: 'Dusty lo-fi hip hop in D minor', provenance: 'default' });
    expect(brief.notUnderstood).toEqual([]);
    expect(brief.contradictions).toEqual([]);
  });

  it('derives the seed from the prompt, unless one is given', () => {
    expect(interpretPrompt(REFERENCE).seed.value).toBe(interpretPrompt(REFERENCE).seed.value);
    expect(interpretPrompt(REFERENCE).seed.value).not.toBe(interpretPrompt(`${REFERENCE}.`).seed.value);
    expect(interpretPrompt(REFERENCE, { seed: 7 }).seed).toEqual({ value: 7, provenance: 'stated', spans: [] });
  });

  it('infers mode, tempo and intensity from moods, and says from which words', () => {
    const brief = interpretPrompt('a sad, slow house track');
    expect(brief.key).toMatchObject({ value: { mode: 'minor' }, provenance: 'inferred', spans: [{ text: 'sad' }] });
    expect(brief.tempoMilliBpm).toMatchObject({ provenance: 'inferred', spans: [{ text: 'slow' }] });
    expect(brief.intensity).toMatchObject({ value: 30, provenance: 'inferred', spans: [{ text: 'sad' }] });
  });

  it('rules out all of a kind, but not a member that is asked for', () => {
    expect(interpretPrompt('rock, no brass').excluded.value).toEqual(
      expect.arrayContaining(['trumpet', 'trombone', 'tuba', 'french-horn', 'brass-section']),
    );
    const brief = interpretPrompt('rock, no strings, solo violin lead');
    expect(brief.instruments.value).toMatchObject([{ instrument: 'violin', role: 'lead' }]);
    expect(brief.excluded.value).toContain('cello');
    expect(brief.excluded.value).not.toContain('violin');
  });

  it('says which style stands in for a genre without one', () => {
    const brief = interpretPrompt('dark eurodance');
    expect(brief.style).toMatchObject({ value: 'trance', provenance: 'inferred' });
    expect(brief.contradictions).toEqual([
      { field: 'style', asked: ['eurodance'], chosen: 'trance, the nearest style' },
    ]);
  });

  describe('with controls', () => {
    it('lets each beat the prompt and reports the clash', () => {
      const controls: Controls = {
        title: 'Mine', style: 'House', key: { tonic: 'G', mode: 'major' }, tempoBpm: 124.5, meter: { numerator: 3, denominator: 4 },
        bars: 16, instruments: ['organ'], exclude: ['drums'], intensity: 90,
      }; // prettier-ignore
      const brief = interpretPrompt(`${REFERENCE}, drums, 4/4, called "Yours"`, { controls });
      expect(reading(brief)).toMatchObject({
        title: 'Mine', style: 'house', key: 'G major', tempoBpm: 124.5, meter: '3/4', bars: 16, excluded: ['drums'],
        instruments: ['drawbar-organ chords', 'acoustic-bass bass'],
      }); // prettier-ignore
      expect(brief.intensity).toMatchObject({ value: 90, provenance: 'stated' });
      expect(brief.tempoMilliBpm).toEqual({ value: 124_500, provenance: 'stated', spans: [] });
      expect(new Set(brief.contradictions.map(({ field }) => field))).toEqual(
        new Set(['style', 'key', 'tempo', 'meter', 'bars', 'instruments', 'title']),
      );
      expect(brief.contradictions).toContainEqual({
        field: 'tempo',
        asked: ['82 bpm', '124.5 bpm'],
        chosen: '124.5 bpm',
      });
    });

    it('keeps the words of the prompt that agree, without a contradiction', () => {
      const brief = interpretPrompt(REFERENCE, { controls: { tempoBpm: 82, style: 'lofi' } });
      expect(brief.tempoMilliBpm.spans).toHaveLength(1);
      expect(brief.contradictions).toEqual([]);
    });

    it('needs no prompt beside a control', () => {
      expect(reading(interpretPrompt('', { controls: { style: 'ambient' } }))).toMatchObject({
        style: 'ambient',
        bars: 32,
      });
    });
  });

  describe('refuses', () => {
    it.each<[string, string, string]>([
      ['', 'prompt', 'characters'],
      [' \n\t ', 'prompt', 'characters'],
      ['lofi \u0000 beat', 'prompt', 'control characters'],
      ['lofi \u001b[31m beat', 'prompt', 'control characters'],
      ['lofi \ud83d beat', 'prompt', 'surrogates'],
      ['lofi at 0 bpm', 'prompt.tempo', '20 to 400'],
      ['lofi, tempo 0', 'prompt.tempo', '20 to 400'],
      ['lofi at 5000 bpm', 'prompt.tempo', '20 to 400'],
      ['lofi at 5,000 bpm', 'prompt.tempo', '20 to 400'],
      ['lofi at -90 bpm', 'prompt.tempo', '20 to 400'],
      ['lofi, 10,000 bars', 'prompt.bars', '1 to 1024'],
      ['lofi, 10000 bars', 'prompt.bars', '1 to 1024'],
      ['lofi, 0 bars', 'prompt.bars', '1 to 1024'],
      ['lofi, 12.5 bars', 'prompt.bars', '1 to 1024'],
      ['ten hours of house', 'prompt.length', '1 to 1024'],
      ['0 seconds of house', 'prompt.length', 'more than 0'],
      ['rock in 99/4 time', 'prompt.meter', '1 to 16'],
      ['rock in 4/7 time', 'prompt.meter', '2, 4, 8, 16'],
      ['lofi with 90% swing', 'prompt.swing', '50'],
      ['lofi, seed 99999999999', 'prompt.seed', '4294967295'],
      ['rock, intro 5000 bars, verse 8 bars', 'prompt.form', '1 to 1024'],
      ['rock, verse 1000 bars, chorus 1000 bars', 'prompt.form', '1 to 1024'],
      ['lofi, intensity 200', 'prompt.intensity', '0'],
    ])('%j in %s', (prompt, field, allowed) => {
      const error = errorOf(() => interpretPrompt(prompt));
      expect(error.field).toBe(field);
      expect(error.allowed).toContain(allowed);
    });

    it.each<[Controls, string, string]>([
      [{ tempoBpm: 0 }, 'controls.tempoBpm', '20 to 400'],
      [{ tempoBpm: Number.NaN }, 'controls.tempoBpm', '20 to 400'],
      [{ bars: 10_000 }, 'controls.bars', '1 to 1024'],
      [{ bars: 1.5 }, 'controls.bars', '1 to 1024'],
      [{ meter: { numerator: 4, denominator: 3 } }, 'controls.meter', '2, 4, 8, 16'],
      [{ key: { tonic: 'H', mode: 'minor' } }, 'controls.key', 'A to G'],
      [{ style: 'hous' }, 'controls.style', 'one of house'],
      [{ instruments: ['flut'] }, 'controls.instruments', 'nearest: flute'],
      [{ exclude: ['druns'] }, 'controls.exclude', 'a role (drums'],
      [{ instruments: ['flute'], exclude: ['flute'] }, 'controls.exclude', 'does not ask for'],
      [{ intensity: 101 }, 'controls.intensity', '0'],
      [{ title: ' ' }, 'controls.title', '1 to'],
    ])('controls %j in %s', (controls, field, allowed) => {
      const error = errorOf(() => interpretPrompt('lofi', { controls }));
      expect(error.field).toBe(field);
      expect(error.allowed).toContain(allowed);
    });

    it('100,000 characters, and says how many there were', () => {
      const error = errorOf(() => interpretPrompt('lofi '.repeat(20_000)));
      expect(error).toMatchObject({
        field: 'prompt',
        value: '100000 characters',
        allowed: `at most ${MAX_PROMPT_CHARACTERS} characters`,
      });
    });

    it('a seed outside 32 bits', () => {
      expect(errorOf(() => interpretPrompt('lofi', { seed: -1 })).field).toBe('seed');
    });
  });

  it('never throws anything but InputError, and its spans are cut from the prompt', () => {
    const words = PROMPT_CORPUS.flatMap(([prompt]) => prompt.split(/(?<=[ ,])/));
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      // Brackets, bidi marks, joiners, look-alikes and pictographs among words of the trade.
      fc
        .array(
          fc.constantFrom(
            '(',
            ')',
            '[',
            ']',
            '{',
            '}',
            '<',
            '|',
            '%',
            '\u202e',
            '\u200d',
            '\u200b',
            '\ufeff',
            'l\u043efi',
            '\u0430 minor',
            '\u{1d11e}',
            '🎹',
            '♭',
            '№',
            '７',
            '½',
            'Ⅳ',
            'in ',
            'bars ',
            'for ',
            ', ',
          ),
          { maxLength: 80 },
        )
        .map((parts) => parts.join('')),
      fc
        .array(fc.constantFrom(...words, '-', '/', '|', '0', '99', ' ', '"', ':', 'no ', 'A', 'b', '#'), {
          maxLength: 40,
        })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (prompt) => {
        let brief: Brief;
        try {
          brief = interpretPrompt(prompt);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          return;
        }
        for (const span of spansOf(brief)) expect(prompt.slice(span.start, span.end)).toBe(span.text);
        expect(interpretPrompt(prompt)).toEqual(brief);
        expect(brief.form.value.reduce((sum, { bars }) => sum + bars, 0)).toBe(
          brief.form.value.length > 0 ? brief.bars.value : 0,
        );
        expect(brief.bars.value).toBeLessThanOrEqual(1024);
      }),
      { numRuns: 600 },
    );
  });

  it.each([
    'A-',
    'no or ',
    'I ',
    'verse ',
    '1,000',
    'b#',
    'not very ',
    'title: "',
    '6/8 ',
    'ii7',
    'piano and ',
    '-',
    '𝄞',
    ',',
    '(',
    'bar 3 in the verse ',
    'Am for 2 bars, ',
    'between 3 and ',
    'qwrtzing ',
    '\u202e',
    '9',
    'A#b',
  ])('reads the longest prompt made of %j in a moment', (unit) => {
    const prompt = unit
      .repeat(MAX_PROMPT_CHARACTERS)
      .slice(0, MAX_PROMPT_CHARACTERS - 1)
      .replace(/\p{Cs}$/u, '');
    // The best of three, in time of the processor, so that a busy machine is not taken for a slow grammar.
    const times = [1, 2, 3].map(() => {
      const start = process.cpuUsage();
      try {
        interpretPrompt(prompt);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    });
    expect(Math.min(...times)).toBeLessThan(250);
  });
});

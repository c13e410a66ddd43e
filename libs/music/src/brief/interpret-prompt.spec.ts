import fc from 'fast-check';
import { InputError } from '../input-error';
import type { Brief } from './brief';
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

describe('interpretPrompt', () => {
  it('reads every prompt of the corpus as a musician does', () => {
    const failures = PROMPT_CORPUS.flatMap(([prompt, expected]) => misses(prompt, expected));
    const fields = PROMPT_CORPUS.reduce((sum, [, expected]) => sum + Object.keys(expected).length, 0);
    process.stdout.write(
      `prompt corpus: ${fields - failures.length} of ${fields} fields in ${PROMPT_CORPUS.length} prompts\n`,
    );
    expect(failures).toEqual([]);
  });
});

import { InputError } from '../input-error';
import { randomStream } from '../random/random-stream';
import { style as styleById } from '../styles/style-catalogue';
import type { Style } from '../styles/style';
import type { Brief, Contradiction, Controls, Field, Span } from './brief';
import { checkControls } from './check-controls';
import { bluesProgression } from './blues';
import { readForms } from './read-form';
import { readInstruments } from './read-instruments';
import { readKeys } from './read-key';
import { readLengths, readLengthWords } from './read-length';
import { readLimits } from './read-limits';
import { readMeters, type TimeSignature } from './read-meter';
import { readIntensities, readMoods, type MoodMention } from './read-mood';
import { chordsIn, readProgressions } from './read-progression';
import { checkSeed, readSeeds } from './read-seed';
import { hintStyles, readStyles } from './read-style';
import { readSwings } from './read-swing';
import { readBareTempos, readTempos, readTempoWords } from './read-tempo';
import { readTitles } from './read-title';
import { Reading, type Finding } from './reading';
import { notUnderstood } from './not-understood';
import { settle } from './settle';
import { respelled } from './spelling';
import { settleForm } from './settle-form';
import { settleInstruments } from './settle-instruments';
import { settleKey, showKey } from './settle-key';
import { SectionDemands } from './settle-sections';
import { sectionScopes } from './section-scopes';
import { settleStyle } from './settle-style';
import { settleTempo } from './settle-tempo';

/** Longest prompt, in UTF-16 code units. */
export const MAX_PROMPT_CHARACTERS = 4000;

export interface InterpretOptions {
  controls?: Controls;
  seed?: number;
}

/**
 * The structured reading of a prompt, by lexicon and grammar alone; it takes time linear in the prompt.
 *
 * Controls and `seed` beat the prompt; of several demands in the prompt the first wins; both are reported as
 * contradictions. What no rule understands is listed. What is not said comes from the style. Without a seed, the seed
 * is a hash of the prompt, so that the same prompt gives the same song.
 *
 * @throws InputError with field `prompt` where it is blank (and no control is given), longer than
 * MAX_PROMPT_CHARACTERS, or holds control characters other than tabs and line breaks or lone surrogates;
 * `prompt.tempo`, `prompt.bars`, `prompt.meter`, ... for demands out of range; `controls.tempoBpm`, ... for controls.
 */
export function interpretPrompt(prompt: string, options: InterpretOptions = {}): Brief {
  const controls = checkControls(options.controls ?? {});
  checkPrompt(
    prompt,
    Object.values(controls).some((value) => value !== undefined),
  );
  if (options.seed !== undefined) checkSeed('seed', options.seed);

  const first = readAll(new Reading(prompt));
  const better = respelled(first.reading);
  const {
    reading, titles, seeds, sections, forms, progressions, keys, instruments, tempos, meters, swings, lengths, intensities, styles, tempoWords, moods, lengthWords,
  } = better ? readAll(better) : first; // prettier-ignore

  const contradictions: Contradiction[] = [];
  const hints = styles.length > 0 ? [] : hintStyles(new Reading(prompt, reading.tokens));
  const { style, blend, related } = settleStyle(contradictions, styles, hints, moods, instruments, controls.style);
  const data = styleById(style.value);
  const seed =
    settle(contradictions, 'seed', seeds, String, options.seed) ?? defaulted(randomStream('prompt', prompt).uint32());
  const progression = settle(contradictions, 'progression', progressions, (value) => value.chords.join(' '));
  const split = progressions.find((finding) => finding.value === progression?.value && finding.value.splitBars);
  if (split) contradictions.push({ field: 'progression', asked: [split.span.text], chosen: 'one chord a bar' });
  const blues = forms.find((finding) => finding.value.kind === 'blues');

  const key = settleKey(
    contradictions,
    keys,
    progressions[0],
    moods,
    data,
    randomStream(seed.value, 'brief', 'key'),
    controls.key,
  );
  const tempoMilliBpm = settleTempo(contradictions, tempos, tempoWords, moods, related, data, controls.tempoBpm);
  const meter =
    settle(contradictions, 'meter', meters, (value) => `${value.numerator}/${value.denominator}`, controls.meter) ??
    defaulted(usualMeter(data));
  const swingPercent =
    settle(contradictions, 'swing', swings, (value) => `${value} percent`) ??
    (related?.value.related?.swingPercent === undefined
      ? defaulted(data.swing.percent)
      : { value: related.value.related.swingPercent, provenance: 'inferred' as const, spans: [related.span] });
  const { bars, form, loop } = settleForm(
    contradictions,
    { lengths, words: lengthWords, forms, controlBars: controls.bars },
    data,
    tempoMilliBpm.value,
    meter.value,
  );
  const choice = settleInstruments(contradictions, instruments, data, {
    instruments: controls.instruments ?? [],
    exclude: controls.exclude ?? [],
  });

  const own = sections.settle(form.value, {
    key: key.value,
    tempoMilliBpm: tempoMilliBpm.value,
    meter: meter.value,
    style: data,
  });
  contradictions.push(
    ...sections.contradictions({
      key: `${showKey(key.value)} throughout`,
      tempo: `${tempoMilliBpm.value / 1000} bpm throughout`,
      meter: `${meter.value.numerator}/${meter.value.denominator} throughout`,
      progression: progression ? `${progression.value.chords.join(' ')} throughout` : 'one progression throughout',
      form: form.value.length > 0 ? form.value.map(({ name }) => name).join(', ') : "a form of the style's",
      instruments: 'in the sections that suit the part',
      excluded: 'in the sections that suit the part',
      ending: `the ending of ${data.name}`,
      tuning: 'equal temperament at A = 440 Hz, instruments in their usual tuning',
      voices: 'as many voices as the instruments have parts',
    }),
  );

  return {
    prompt,
    title:
      settle(contradictions, 'title', titles, String, controls.title) ??
      defaulted(defaultTitle(moods, data, showKey(key.value))),
    style,
    blend,
    moods: listed(moods, (mention) => mention.word),
    key,
    tempoMilliBpm,
    meter,
    swingPercent,
    bars,
    form: { ...form, value: own },
    instruments: choice.instruments,
    excluded: choice.excluded,
    progression: progression
      ? { ...progression, value: chordsIn(progression.value, key.value) }
      : blues
        ? { value: bluesProgression(key.value.mode), provenance: 'stated', spans: [blues.span] }
        : { value: [], provenance: 'default', spans: [] },
    intensity: settle(contradictions, 'intensity', intensities, String, controls.intensity) ?? moodIntensity(moods),
    loop,
    seed,
    notUnderstood: notUnderstood(reading),
    contradictions,
  };
}

/** Every recogniser in turn, each of which takes what it understands from those after it. */
function readAll(reading: Reading) {
  const titles = readTitles(reading);
  const seeds = readSeeds(reading);
  const limits = readLimits(reading);
  const sections = new SectionDemands(sectionScopes(reading));
  const forms = readForms(reading);
  const progressions = sections.progressions(readProgressions(reading));
  const keys = sections.keys(readKeys(reading));
  const instruments = sections.instruments(readInstruments(reading), (index) => reading.word(index));
  const tempos = sections.tempos(readTempos(reading));
  const meters = sections.meters(readMeters(reading));
  sections.limits(limits);
  const swings = readSwings(reading);
  const lengths = readLengths(reading);
  const intensities = readIntensities(reading);
  const styles = readStyles(reading);
  const tempoWords = readTempoWords(reading);
  const moods = readMoods(reading);
  const lengthWords = readLengthWords(reading);
  if (tempos.length === 0) tempoWords.push(...readBareTempos(reading));
  return {
    reading, titles, seeds, sections, forms, progressions, keys, instruments, tempos, meters, swings, lengths, intensities, styles, tempoWords, moods, lengthWords,
  }; // prettier-ignore
}

function checkPrompt(prompt: string, hasControls: boolean): void {
  if (prompt.length > MAX_PROMPT_CHARACTERS) {
    throw new InputError('prompt', `${prompt.length} characters`, `at most ${MAX_PROMPT_CHARACTERS} characters`);
  }
  const forbidden = /[\p{Cc}\p{Cs}]/u.exec(prompt.replace(/[\t\n\r]/g, ' '));
  if (forbidden) {
    const code = (forbidden[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    throw new InputError(
      'prompt',
      `U+${code} at character ${forbidden.index + 1}`,
      'text without control characters (tabs and line breaks may stay) or unpaired surrogates',
    );
  }
  if (prompt.trim() === '' && !hasControls) {
    throw new InputError(
      'prompt',
      prompt,
      `1 to ${MAX_PROMPT_CHARACTERS} characters that say something, or at least one control`,
    );
  }
}

function defaulted<T>(value: T): Field<T> {
  return { value, provenance: 'default', spans: [] };
}

/** The meter most usual in a style. */
export function usualMeter(style: Style): TimeSignature {
  const [usual] = [...style.meters].sort((a, b) => b.weight - a.weight);
  return { numerator: usual?.numerator ?? 4, denominator: usual?.denominator ?? 4 };
}

function listed<T>(findings: readonly Finding<T>[], name: (value: T) => string): Field<string[]> {
  const spans: Span[] = findings.map((finding) => finding.span);
  return {
    value: [...new Set(findings.map((finding) => name(finding.value)))],
    provenance: findings.length > 0 ? 'stated' : 'default',
    spans,
  };
}

/** The mean of what the mood words lean to; 50 without any. */
function moodIntensity(moods: readonly Finding<MoodMention>[]): Field<number> {
  const leaning = moods.filter((finding) => finding.value.mood.intensity !== undefined);
  if (leaning.length === 0) return defaulted(50);
  const sum = leaning.reduce((total, finding) => total + (finding.value.mood.intensity ?? 0), 0);
  return {
    value: Math.round(sum / leaning.length),
    provenance: 'inferred',
    spans: leaning.map((finding) => finding.span),
  };
}

/** "Dusty lo-fi hip hop in D minor". */
function defaultTitle(moods: readonly Finding<MoodMention>[], style: Style, key: string): string {
  const mood = moods[0]?.value.word;
  const name = mood ? `${mood} ${style.name.toLowerCase()}` : style.name;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} in ${key}`;
}

import type { Brief, Field } from './brief';

/** The plain values of a Brief, without provenance. */
export type BriefValues = { [K in keyof Brief]: Brief[K] extends Field<infer Value> ? Value : Brief[K] };

const VALUES: BriefValues = {
  prompt: '',
  title: 'Untitled',
  style: 'lo-fi-hip-hop',
  blend: [],
  moods: [],
  key: { tonic: 'D', mode: 'minor' },
  tempoMilliBpm: 82_000,
  meter: { numerator: 4, denominator: 4 },
  swingPercent: 56,
  bars: 32,
  form: [],
  instruments: [],
  excluded: [],
  progression: [],
  intensity: 50,
  loop: false,
  seed: 1,
  notUnderstood: [],
  contradictions: [],
};

/** A valid Brief without a prompt; `overrides` are plain values, and count as stated. */
export function defaultBrief(overrides: Partial<BriefValues> = {}): Brief {
  const field = <K extends keyof BriefValues>(name: K): Field<BriefValues[K]> => ({
    value: overrides[name] ?? VALUES[name],
    provenance: overrides[name] === undefined ? 'default' : 'stated',
    spans: [],
  });
  return {
    prompt: overrides.prompt ?? VALUES.prompt,
    title: field('title'),
    style: field('style'),
    blend: field('blend'),
    moods: field('moods'),
    key: field('key'),
    tempoMilliBpm: field('tempoMilliBpm'),
    meter: field('meter'),
    swingPercent: field('swingPercent'),
    bars: field('bars'),
    form: field('form'),
    instruments: field('instruments'),
    excluded: field('excluded'),
    progression: field('progression'),
    intensity: field('intensity'),
    loop: field('loop'),
    seed: field('seed'),
    notUnderstood: overrides.notUnderstood ?? VALUES.notUnderstood,
    contradictions: overrides.contradictions ?? VALUES.contradictions,
  };
}

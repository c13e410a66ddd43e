import { style as styleById } from '../styles/style-catalogue';
import type { Brief, Field } from './brief';
import { usualMeter } from './interpret-prompt';
import { DEFAULT_STYLE } from './settle-style';

/** The plain values of a Brief, without provenance. */
export type BriefValues = { [K in keyof Brief]: Brief[K] extends Field<infer Value> ? Value : Brief[K] };

/**
 * A valid Brief without a prompt. `overrides` are plain values, unchecked, and count as stated; the rest comes from the
 * style (`lo-fi-hip-hop` where none is given); the seed is 1.
 */
export function defaultBrief(overrides: Partial<BriefValues> = {}): Brief {
  const style = styleById(overrides.style ?? DEFAULT_STYLE);
  const field = <K extends keyof BriefValues>(name: K, fallback: BriefValues[K]): Field<BriefValues[K]> => ({
    value: overrides[name] ?? fallback,
    provenance: overrides[name] === undefined ? 'default' : 'stated',
    spans: [],
  });
  return {
    prompt: overrides.prompt ?? '',
    title: field('title', style.name),
    style: field('style', style.id),
    blend: field('blend', []),
    moods: field('moods', []),
    key: field('key', style.defaultKey),
    tempoMilliBpm: field('tempoMilliBpm', style.tempoBpm.default * 1000),
    meter: field('meter', usualMeter(style)),
    swingPercent: field('swingPercent', style.swing.percent),
    bars: field('bars', style.defaultBars),
    form: field('form', []),
    instruments: field('instruments', []),
    excluded: field('excluded', []),
    progression: field('progression', []),
    intensity: field('intensity', 50),
    loop: field('loop', false),
    seed: field('seed', 1),
    notUnderstood: overrides.notUnderstood ?? [],
    contradictions: overrides.contradictions ?? [],
  };
}

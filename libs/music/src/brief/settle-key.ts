import type { RandomStream } from '../random/random-stream';
import type { Key, Mode } from '../score/score';
import type { Style } from '../styles/style';
import type { Contradiction, Field } from './brief';
import type { MoodMention } from './read-mood';
import { spellKey, type KeyDemand } from './read-key';
import { keyOfProgression, type Progression } from './read-progression';
import type { Finding } from './reading';
import { settle } from './settle';

/** Tonics that suit most instruments: at most four accidentals in major. */
const TONICS = ['C', 'D', 'Eb', 'E', 'F', 'G', 'A', 'Bb'];

/**
 * The key: a control, else what is stated (a tonic alone is major, a mode alone gets a tonic), else what a progression
 * or the moods suggest, else one of the style's by the seed.
 */
export function settleKey(
  contradictions: Contradiction[],
  demands: readonly Finding<KeyDemand>[],
  progression: Finding<Progression> | undefined,
  moods: readonly Finding<MoodMention>[],
  style: Style,
  random: RandomStream,
  control?: Key,
): Field<Key> {
  const field = keyOf(contradictions, demands, progression, moods, style, random, control);
  const inexact = demands.filter((demand) => demand.value.nearest);
  for (const { span } of control ? [] : inexact)
    contradictions.push({ field: 'key', asked: [span.text], chosen: `${showKey(field.value)}, the nearest mode` });
  return inexact.length > 0 && inexact.length === demands.length && inexact.every(({ value }) => !value.tonic)
    ? { ...field, provenance: 'inferred' }
    : field;
}

function keyOf(
  contradictions: Contradiction[],
  demands: readonly Finding<KeyDemand>[],
  progression: Finding<Progression> | undefined,
  moods: readonly Finding<MoodMention>[],
  style: Style,
  random: RandomStream,
  control?: Key,
): Field<Key> {
  const fallback = defaultKey(style, random);
  const suggested = progression && keyOfProgression(progression.value);
  const tonics = demands.filter((demand) => demand.value.tonic !== undefined);
  const modes = demands.filter((demand) => demand.value.tonic === undefined);
  const stated = tonics[0];
  if (control || stated) {
    const mode = modes[0]?.value.mode;
    const findings = tonics.map((finding) => {
      const { tonic = fallback.tonic, mode: own } = finding.value;
      return { ...finding, value: spellKey({ tonic, mode: own ?? mode ?? 'major' }) };
    });
    const field = settle(contradictions, 'key', findings, showKey, control);
    if (field) {
      const lone = modes.filter((finding) => finding.value.mode === field.value.mode).map((finding) => finding.span);
      const other = modes.find((finding) => finding.value.mode !== field.value.mode);
      if (other)
        contradictions.push({
          field: 'key',
          asked: [other.span.text, showKey(field.value)],
          chosen: showKey(field.value),
        });
      return { ...field, spans: [...field.spans, ...lone] };
    }
  }
  const modeField = settle(contradictions, 'mode', modes, (demand) => demand.mode ?? '');
  if (modeField?.value.mode) {
    const tonic = suggested && 'tonic' in suggested ? suggested.tonic : fallback.tonic;
    return { ...modeField, value: spellKey({ tonic, mode: modeField.value.mode }) };
  }
  if (progression && suggested) {
    return { value: { ...fallback, ...suggested }, provenance: 'inferred', spans: [progression.span] };
  }
  return moodKey(moods, fallback) ?? { value: fallback, provenance: 'default', spans: [] };
}

/** One of the style's modes by weight; the style's own tonic belongs to its own mode. */
export function defaultKey(style: Style, random: RandomStream): Key {
  const { mode } = random.pickWeighted(style.modes, (entry) => entry.weight);
  const tonic = random.pick([style.defaultKey.tonic, ...TONICS]);
  return spellKey({ tonic, mode });
}

export function showKey({ tonic, mode }: Key): string {
  return `${tonic} ${mode}`;
}

function moodKey(moods: readonly Finding<MoodMention>[], fallback: Key): Field<Key> | undefined {
  const leaning = moods.find((finding) => finding.value.mood.mode !== undefined);
  const mode: Mode | undefined = leaning?.value.mood.mode;
  if (!leaning || !mode) return undefined;
  return { value: spellKey({ tonic: fallback.tonic, mode }), provenance: 'inferred', spans: [leaning.span] };
}

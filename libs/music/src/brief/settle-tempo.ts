import type { Style } from '../styles/style';
import type { Contradiction, Field } from './brief';
import type { MoodMention } from './read-mood';
import { MAX_TEMPO_BPM, MIN_TEMPO_BPM, type TempoWord } from './read-tempo';
import type { Finding } from './reading';
import type { RelatedGenre } from './related-genres';
import { settle } from './settle';

/**
 * The tempo in thousandths of a quarter note a minute: a control, else the figure stated, else inferred from words
 * ("allegro", "slow", moods) or the genre named, else the style's default. Words lean within the style's range.
 */
export function settleTempo(
  contradictions: Contradiction[],
  figures: readonly Finding<number>[],
  words: readonly Finding<TempoWord>[],
  moods: readonly Finding<MoodMention>[],
  related: Finding<{ related?: RelatedGenre }> | undefined,
  style: Style,
  controlBpm?: number,
): Field<number> {
  const control = controlBpm === undefined ? undefined : Math.round(controlBpm * 1000);
  const stated = settle(contradictions, 'tempo', figures, (milliBpm) => `${milliBpm / 1000} bpm`, control);
  if (stated) return stated;

  const genreBpm = related?.value.related?.tempoBpm;
  const base = genreBpm ?? style.tempoBpm.default;
  const scale = base / style.tempoBpm.default;
  const range = { lowest: style.tempoBpm.lowest * scale, highest: style.tempoBpm.highest * scale };
  const word = words[0];
  if (word) {
    const { value } = word;
    const milliBpm =
      'milliBpm' in value
        ? value.milliBpm
        : lean(base, range, value.pace === 0 ? 0 : Math.sign(value.pace) * (0.2 + 0.4 * Math.abs(value.pace)));
    return { value: milliBpm, provenance: 'inferred', spans: words.map((finding) => finding.span) };
  }
  const paced = moods.filter((finding) => finding.value.mood.pace !== undefined);
  if (paced.length > 0) {
    const mean = paced.reduce((sum, finding) => sum + (finding.value.mood.pace ?? 0), 0) / paced.length;
    return {
      value: lean(base, range, mean * 0.3),
      provenance: 'inferred',
      spans: paced.map((finding) => finding.span),
    };
  }
  if (related && genreBpm !== undefined)
    return { value: genreBpm * 1000, provenance: 'inferred', spans: [related.span] };
  return { value: base * 1000, provenance: 'default', spans: [] };
}

/** `base` moved towards the end of the range by a share from -1 to 1, in whole beats a minute. */
function lean(base: number, range: { lowest: number; highest: number }, share: number): number {
  const end = share < 0 ? range.lowest : range.highest;
  const bpm = Math.round(base + (end - base) * Math.abs(share));
  return Math.min(MAX_TEMPO_BPM, Math.max(MIN_TEMPO_BPM, bpm)) * 1000;
}

import { findStyleByAlias, style as styleById, STYLES } from '../styles/style-catalogue';
import type { Contradiction, Field } from './brief';
import type { InstrumentMention } from './read-instruments';
import type { MoodMention } from './read-mood';
import type { StyleMention } from './read-style';
import type { Finding } from './reading';
import type { RelatedGenre } from './related-genres';

/** The style of prompts that say nothing of a genre. */
export const DEFAULT_STYLE = 'lo-fi-hip-hop';

/** Moods and instrument families that suggest a style where no genre is named. */
const HINTS: readonly (readonly [style: string, words: readonly string[]])[] = [
  ['orchestral', ['epic', 'heroic', 'cinematic', 'majestic', 'triumphant', 'battle', 'war', 'fantasy', 'medieval', 'dramatic', 'adventurous', 'strings', 'ensemble', 'pipe', 'brass', 'church-organ', 'harpsichord']],
  ['ambient', ['meditative', 'ethereal', 'spacey', 'sleep', 'sleepy', 'healing', 'floating', 'weightless', 'zen', 'spa', 'yoga', 'space', 'celestial', 'synth-pad', 'synth-effects']],
  ['house', ['party', 'danceable', 'dance', 'workout', 'gym', 'pumping', 'euphoric', 'neon', 'synth-lead', 'tr-808-kit', 'electronic-kit']],
  ['rock', ['angry', 'aggressive', 'rebellious', 'gritty', 'raging', 'overdriven-guitar', 'distortion-guitar', 'power-kit']],
  ['jazz-swing', ['romantic', 'noir', 'classy', 'sophisticated', 'reed', 'jazz-kit', 'brush-kit', 'electric-guitar-jazz', 'muted-trumpet']],
  ['lo-fi-hip-hop', ['chill', 'study', 'studying', 'mellow', 'coffee shop', 'dusty', 'cozy', 'laid back', 'hazy', 'vinyl']],
]; // prettier-ignore

export interface StyleChoice {
  style: Field<string>;
  blend: Field<string[]>;
  /** The mention behind the style, where its genre has no style of its own. */
  related: Finding<{ related?: RelatedGenre }> | undefined;
}

/**
 * The style and what to blend in. Among genres that stand side by side the last is the noun ("lo-fi house" is house
 * with lo-fi), else the first one named leads; an adjective ("jazzy") leads only where no noun does.
 */
export function settleStyle(
  contradictions: Contradiction[],
  mentions: readonly Finding<StyleMention>[],
  hints: readonly Finding<StyleMention>[],
  moods: readonly Finding<MoodMention>[],
  instruments: readonly Finding<InstrumentMention>[],
  control?: string,
): StyleChoice {
  const head = headOf(mentions) ?? hints[0];
  const others = mentions.filter((mention) => mention !== head);
  const chosen = control ?? head?.value.style;
  const style: Field<string> = chosen
    ? { value: chosen, provenance: 'stated', spans: [] }
    : suggest(moods, instruments);
  if (head && (!control || control === head.value.style)) {
    style.spans = [head.span];
    if (!control && (head.value.related || mentions.length === 0)) style.provenance = 'inferred';
  } else if (head && control) {
    contradictions.push({ field: 'style', asked: [head.value.asked, control], chosen: control });
  }
  for (const { value } of mentions.length > 0 ? mentions : hints.slice(0, 1)) {
    // "acid house": the style itself is named too.
    const named = mentions.some((other) => !other.value.related && other.value.style === value.style);
    if (value.related && !named)
      contradictions.push({ field: 'style', asked: [value.asked], chosen: `${value.style}, the nearest style` });
  }
  const blended = others.filter((mention) => mention.value.style !== style.value);
  const blend: Field<string[]> = {
    value: [...new Set(blended.map((mention) => mention.value.style))],
    provenance:
      blended.length === 0 ? 'default' : blended.some((mention) => !mention.value.related) ? 'stated' : 'inferred',
    spans: blended.map((mention) => mention.span),
  };
  return { style, blend, related: !control && head?.value.related ? head : undefined };
}

function headOf(mentions: readonly Finding<StyleMention>[]): Finding<StyleMention> | undefined {
  const nouns = mentions.filter(({ value }) => value.kind === 'noun');
  const either = mentions.filter(({ value }) => value.kind === 'either');
  const [first, ...rest] = nouns.length > 0 ? nouns : either.length > 0 ? either : mentions;
  return rest.reduce((head, next) => (head && next.from === head.to ? next : head), first);
}

function suggest(
  moods: readonly Finding<MoodMention>[],
  instruments: readonly Finding<InstrumentMention>[],
): Field<string> {
  const words = [
    ...moods.map((finding) => ({ span: finding.span, words: [finding.value.word] })),
    ...instruments
      .filter((finding) => !finding.value.negated)
      .map((finding) => ({ span: finding.span, words: [finding.value.instrument ?? '', finding.value.family ?? ''] })),
  ];
  for (const { span, words: own } of words) {
    // "romantic", "cinematic": a mood that is a style's own name.
    const named = own.map((word) => findStyleByAlias(word)).find((style) => style !== undefined);
    if (named) return { value: named.id, provenance: 'inferred', spans: [span] };
    const hint = HINTS.find(([, cues]) => own.some((word) => cues.includes(word)));
    if (hint) return { value: styleById(hint[0]).id, provenance: 'inferred', spans: [span] };
  }
  return { value: DEFAULT_STYLE, provenance: 'default', spans: [] };
}

/** Ids of all styles, for messages. */
export function styleIds(): string[] {
  return STYLES.map((entry) => entry.id);
}

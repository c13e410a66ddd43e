import { barHeard, chordsHeard, keyHeard, pitchClassOf, tempoHeard, triadOf } from './ear';
import type { Heard } from './heard';
import type { Wish } from './wish';

/** One demand of a wish, and whether the file keeps it. */
export interface Promise {
  kind: 'key' | 'tempo' | 'meter' | 'bars' | 'form' | 'instrument' | 'absence' | 'chords' | 'title';
  asked: string;
  found: string;
  met: boolean;
}

/** Every demand of a wish that can be measured, measured on a MIDI file. */
export function promises(wish: Wish, heard: Heard): Promise[] {
  const list: Promise[] = [];
  const add = (kind: Promise['kind'], asked: string, found: string, met: boolean) =>
    list.push({ kind, asked, found, met });
  const [beats, unit] = heard.meters[0] ?? [4, 4];
  const barTicks = (heard.ticksPerQuarter * 4 * beats) / unit;
  const end = Math.max(0, ...heard.notes.map(({ ticks, durationTicks }) => ticks + durationTicks));
  const bars = Math.ceil(end / barTicks);
  if (wish.key) {
    const found = keyHeard(heard.notes, wish.key.mode);
    const met = found?.tonic === pitchClassOf(wish.key.tonic) && found.mode === wish.key.mode;
    add(
      'key',
      `${wish.key.tonic} ${wish.key.mode}`,
      found ? `pitch class ${found.tonic} ${found.mode}` : 'no pitches',
      met,
    );
  }
  if (wish.bpm) {
    const found = tempoHeard(heard.notes, wish.bpm);
    add(
      'tempo',
      `${wish.bpm}`,
      found?.toFixed(1) ?? 'too few onsets',
      found !== undefined && Math.abs(found / wish.bpm - 1) <= 0.01,
    );
  }
  if (wish.meter) {
    const written = heard.meters.every(([b, u]) => b === wish.meter?.beats && u === wish.meter.unit);
    const repeats = barHeard(heard, wish.meter.beats, wish.meter.unit);
    add(
      'meter',
      `${wish.meter.beats}/${wish.meter.unit}`,
      `${beats}/${unit}, bars ${repeats === undefined ? 'too sparse to tell' : repeats ? 'alike' : 'not alike'}`,
      written && repeats !== false,
    );
  }
  if (wish.bars) add('bars', `${wish.bars}`, `${bars}`, bars === wish.bars);
  if (wish.sections) {
    let bar = 0;
    const starts = wish.sections.map((section) => [(bar += section.bars) - section.bars, section.name] as const);
    const met = bars === bar && starts.length === heard.markers.length && starts.every(([start, name]) =>
      heard.markers.some(({ ticks, text }) => ticks === start * barTicks && text.toLowerCase().startsWith(name)),
    ); // prettier-ignore
    add(
      'form',
      wish.sections.map(({ name, bars: length }) => `${name} ${length}`).join(', '),
      heard.markers.map(({ ticks, text }) => `${text} at ${ticks / barTicks}`).join(', '),
      met,
    );
  }
  for (const { name, program } of wish.players)
    add('instrument', name, [...heard.programs].join(' '), heard.programs.has(program));
  for (const { name, programs, drums } of wish.absent) {
    const sounding = programs.filter((program) => heard.programs.has(program));
    add(
      'absence',
      `no ${name}`,
      drums && heard.drums ? 'drums' : sounding.join(' '),
      sounding.length === 0 && !(drums && heard.drums),
    );
  }
  if (wish.romans && wish.key) {
    const { tonic, mode } = wish.key;
    const share = chordsHeard(heard, barTicks, bars, wish.romans.map((roman) => triadOf(roman, pitchClassOf(tonic), mode))); // prettier-ignore
    add('chords', wish.romans.join(' '), `${Math.round(share * 100)} % of bars`, share >= 0.75);
  }
  if (wish.title) add('title', wish.title, heard.title, heard.title === wish.title);
  return list;
}

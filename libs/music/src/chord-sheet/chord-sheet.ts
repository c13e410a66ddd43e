import type { Score, Section } from '../score/score';
import { barStartTick, beatLengthTicks, durationSeconds, meterAt, totalBars } from '../score/timeline';

const BARS_PER_LINE = 4;

/**
 * The harmony of a Score as plain text, for people with instruments: title, key, meter, tempo and length; then section by
 * section its bars, four to a line, with the chord of each beat group. `%` is a bar like the one before, `.` a beat on
 * which the chord of the bar goes on, where a bar has several.
 */
export function writeChordSheet(score: Score): string {
  const [key] = score.keys;
  const [meter] = score.meters;
  const seconds = Math.round(durationSeconds(score));
  const head = [
    score.title,
    [
      `Key: ${key?.tonic ?? 'C'} ${key?.mode ?? 'major'}`,
      `Meter: ${meter?.numerator ?? 4}/${meter?.denominator ?? 4}`,
      `Tempo: ${(score.tempos[0]?.milliBpm ?? 0) / 1000} bpm`,
      `Bars: ${totalBars(score)}`,
      `Length: ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`,
    ].join('   '),
  ];
  return `${[...head, ...score.sections.map((section) => sectionText(score, section))].join('\n\n')}\n`;
}

function sectionText(score: Score, section: Section): string {
  const bars = Array.from({ length: section.bars }, (_, index) => barText(score, section.startBar + index));
  const shown = bars.map((bar, index) => (index % BARS_PER_LINE > 0 && bar === bars[index - 1] ? '%' : bar));
  const width = Math.max(...shown.map((bar) => bar.length));
  const lines: string[] = [];
  for (let from = 0; from < shown.length; from += BARS_PER_LINE) {
    const cells = shown.slice(from, from + BARS_PER_LINE).map((bar) => bar.padEnd(width));
    lines.push(`| ${cells.join(' | ')} |`);
  }
  return [`[${section.id}] ${changesIn(score, section)}`.trim(), ...lines].join('\n');
}

/** Key and meter where a section brings others than the song begins with. */
function changesIn(score: Score, { startBar, bars }: Section): string {
  const [from, to] = [barStartTick(score, startBar), barStartTick(score, startBar + bars)];
  const inside = ({ tick }: { tick: number }) => tick > 0 && tick >= from && tick < to;
  return [
    ...score.keys.filter(inside).map(({ tonic, mode }) => `${tonic} ${mode}`),
    ...score.meters.filter(inside).map(({ numerator, denominator }) => `${numerator}/${denominator}`),
  ].join(', ');
}

function barText(score: Score, bar: number): string {
  const [start, end] = [barStartTick(score, bar), barStartTick(score, bar + 1)];
  const beat = beatLengthTicks(meterAt(score, start));
  const begins = score.chords.filter(({ startTick }) => startTick > start && startTick < end);
  const first = score.chords.find(
    ({ startTick, durationTicks }) => startTick <= start && startTick + durationTicks > start,
  );
  const opening = first?.symbol ?? 'N.C.';
  if (begins.length === 0) return opening;
  const beats = Array.from({ length: Math.ceil((end - start) / beat) }, (_, index) => {
    const [from, to] = [start + index * beat, start + (index + 1) * beat];
    const symbols = begins.filter(({ startTick }) => startTick >= from && startTick < to).map(({ symbol }) => symbol);
    return index === 0 ? [opening, ...symbols].join('~') : symbols.join('~') || '.';
  });
  return beats.join(' ');
}

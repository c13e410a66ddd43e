import type { Brief } from '../brief/brief';
import { isChordHeard } from '../measures/chord-agreement';
import { keyFits, sameKey } from '../measures/find-key';
import { pitchedNotesIn } from '../measures/sounding-tracks';
import type { Chord, Key, Score } from '../score/score';
import { barStartTick, keyAt, totalBars } from '../score/timeline';
import { chordTones } from '../theory/chord-tones';
import { isRoman, romanToSymbol } from '../theory/roman-numeral';
import type { Demand } from './receipt';

/** Demands on key and chords. */
export function tonalDemands(brief: Brief, score: Score): Demand[] {
  return [...keyDemand(brief, score), ...progressionDemand(brief, score)];
}

const keyText = ({ tonic, mode }: Key) => `${tonic} ${mode}`;

/**
 * A key that nobody stated is no demand where only drums sound, nor where stated chords settle the notes: Am F C G is
 * read as A minor and measures as C major, and is what was asked for either way.
 */
function keyDemand(brief: Brief, score: Score): Demand[] {
  const asked = brief.key.value;
  const [best, next] = keyFits(pitchedNotesIn(score, asked), ['major', 'minor', asked.mode]);
  const fit = ({ key, correlation }: { key: Key; correlation: number }) =>
    `${keyText(key)} (r ${correlation.toFixed(2)})`;
  const chordsSettleIt = brief.progression.value.some((chord) => !isRoman(chord));
  if (brief.key.provenance !== 'stated' && (!best || chordsSettleIt)) return [];
  return [
    {
      demand: 'key',
      source: brief.key.provenance,
      asked: keyText(asked),
      measured: best ? `${fit(best)}${next ? `, then ${fit(next)}` : ''}` : 'no pitched notes',
      how: 'Krumhansl-Schmuckler on how long each pitch class sounds',
      met: best !== undefined && sameKey(best.key, asked),
    },
  ];
}

/** How many of the bars must carry the chord asked for; the rest is left to cadences and turnarounds. */
const PROGRESSION_SHARE = 0.75;

function progressionDemand(brief: Brief, score: Score): Demand[] {
  const asked = brief.progression.value;
  if (asked.length === 0) return [];
  const bars = totalBars(score);
  let kept = 0;
  for (const section of score.sections) {
    for (let bar = 0; bar < section.bars; bar++) {
      const tick = barStartTick(score, section.startBar + bar);
      const chord = score.chords.find(
        ({ startTick, durationTicks }) => startTick <= tick && tick < startTick + durationTicks,
      );
      // The progression may run on through the song or begin anew with a section.
      const wanted = [asked[bar % asked.length], asked[(section.startBar + bar) % asked.length]];
      if (chord && wanted.some((symbol) => symbol !== undefined && isThatChord(score, chord, symbol))) kept++;
    }
  }
  return [
    {
      demand: 'progression',
      source: brief.progression.provenance,
      asked: asked.join(' '),
      measured: `heard in ${kept} of ${bars} bars`,
      how: `root and third of the chord sound, and it is the one asked for, in at least ${PROGRESSION_SHARE * 100} % of bars`,
      met: kept >= PROGRESSION_SHARE * bars,
    },
  ];
}

function isThatChord(score: Score, chord: Chord, asked: string): boolean {
  const symbol = isRoman(asked) ? romanToSymbol(asked, keyAt(score, chord.startTick)) : asked;
  const [wanted, found] = [chordTones(symbol), chordTones(chord.symbol)];
  const sameThird = wanted.tones[1] === undefined || found.tones.includes(wanted.tones[1]);
  return wanted.root === found.root && sameThird && isChordHeard(score, chord);
}

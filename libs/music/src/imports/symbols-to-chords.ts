import { Chord as ChordNames } from 'tonal';
import type { Chord, KeyChange } from '../score/score';
import { symbolToRoman } from '../theory/roman-numeral';

/** A chord symbol and where it begins. */
export interface TimedSymbol {
  tick: number;
  symbol: string;
}

/** Chords of their symbols, each until the next one or the end; symbols that name no chord are left out. */
export function symbolsToChords(symbols: readonly TimedSymbol[], keys: readonly KeyChange[], end: number): Chord[] {
  const byTick = new Map(
    symbols
      .filter(({ tick, symbol }) => tick < end && symbol.length <= 40 && !ChordNames.get(symbol).empty)
      .map((each) => [each.tick, each.symbol]),
  );
  const sorted = [...byTick].sort(([a], [b]) => a - b);
  return sorted.map(([startTick, symbol], index) => {
    const key = keys.findLast(({ tick }) => tick <= startTick) ?? { tonic: 'C', mode: 'major' as const };
    return {
      startTick,
      durationTicks: (sorted[index + 1]?.[0] ?? end) - startTick,
      symbol,
      roman: symbolToRoman(symbol, key),
    };
  });
}

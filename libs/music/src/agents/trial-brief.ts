import type { Brief } from '../brief/brief';
import { defaultBrief } from '../brief/default-brief';
import { defaultKey } from '../brief/settle-key';
import { randomStream } from '../random/random-stream';
import { style } from '../styles/style-catalogue';

/** A Brief that asks for nothing but a style: key, meter and tempo are drawn by the seed from all that the style has. For trials of whole styles. @throws InputError for an unknown style. */
export function trialBrief(id: string, seed: number, bars: number): Brief {
  const own = style(id);
  const random = randomStream(seed, 'trial', id);
  const { numerator, denominator } = random.pickWeighted(own.meters, ({ weight }) => weight);
  return defaultBrief({
    style: id,
    seed,
    bars,
    key: defaultKey(own, random),
    meter: { numerator, denominator },
    tempoMilliBpm: random.integer(own.tempoBpm.lowest * 1000, own.tempoBpm.highest * 1000),
    swingPercent: own.swing.percent,
  });
}

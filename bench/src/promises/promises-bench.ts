import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  candidateBrief,
  composeScore,
  grooveConsistency,
  InputError,
  interpretPrompt,
  pitchClassEntropy,
  producePlan,
  randomStream,
  scaleConsistency,
  scoreQuality,
  writeMidi,
  type Score,
} from '@beatbot/music';
import type { Bench, Figure } from '../figure';
import { pitchClassOf } from './ear';
import { hear } from './heard';
import { promises, type Promise as Kept } from './keep-promises';
import { qualityDocument, type Miss, type StyleMeasures } from './quality-document';
import { songFaults } from './song-faults';
import { drawWish, type Wish } from './wish';
import { wordWish } from './wording';

const WISHES = 500;
/** As many as the service composes where nothing else is asked. */
const CANDIDATES = 2;
const DOCUMENT = resolve(__dirname, '../../../docs/quality.md');
/** Kinds of which every single one must be met. */
const STRICT: readonly Kept['kind'][] = ['key', 'tempo', 'meter', 'bars', 'instrument', 'absence'];

/** Wishes drawn by seed, put into words by other people's templates, made into songs and measured on their MIDI files. */
export const promisesBench: Bench = {
  name: 'promises',
  about: `${WISHES} random wishes as prompts, each demand measured on the MIDI file of the song; faults in all candidates.`,
  run: (log) => Promise.resolve(keepPromises(log, WISHES, DOCUMENT)),
};

/** Measures `count` wishes and, where `document` is given, writes the report there. */
export function keepPromises(log: (line: string) => void, count: number, document?: string): Figure[] {
  const kept: Kept[] = [];
  const misses: Miss[] = [];
  const faults: { prompt: string; fault: string }[] = [];
  const measures: StyleMeasures[] = [];
  let songs = 0;
  for (let index = 0; index < count; index++) {
    const wish = drawWish(randomStream(index, 'wish'));
    const prompt = wordWish(wish, randomStream(index, 'wording'));
    const song = songOf(prompt);
    if ('refused' in song) {
      log(`refused: ${JSON.stringify(prompt)}: ${song.refused}`);
      // Nothing of it is kept.
      const lost = promises(wish, {
        title: '',
        ticksPerQuarter: 480,
        programs: new Set(),
        drums: false,
        notes: [],
        meters: [],
        markers: [],
      });
      for (const each of lost.map((promise) => ({ ...promise, found: song.refused, met: false }))) note(each, prompt);
      continue;
    }
    songs += song.candidates.length;
    for (const candidate of song.candidates) faults.push(...candidate.faults.map((fault) => ({ prompt, fault })));
    measures.push(measuresOf(song.best));
    for (const each of promises(wish, hear(writeMidi(song.best)))) note(each, prompt);
    if ((index + 1) % 50 === 0)
      log(`${index + 1} of ${count} wishes, ${misses.length} demands missed, ${faults.length} faults`);
  }
  function note(promise: Kept, prompt: string): void {
    kept.push(promise);
    if (!promise.met) misses.push({ prompt, ...promise });
  }
  for (const { prompt, kind, asked, found } of misses)
    log(`missed: ${JSON.stringify(prompt)} ${kind} ${asked}: ${found}`);
  for (const { prompt, fault } of faults) log(`fault: ${JSON.stringify(prompt)} ${fault}`);
  const figures = figuresOf(kept, faults.length, songs);
  if (document) {
    if (!existsSync(dirname(document))) mkdirSync(dirname(document), { recursive: true });
    writeFileSync(document, qualityDocument({ figures, misses, faults, measures, wishes: count, songs }));
  }
  return figures;
}

type Song = { refused: string } | { best: Score; candidates: { faults: string[] }[] };

/** The song of a prompt as the service makes it: the best of its candidates. */
function songOf(prompt: string): Song {
  try {
    const brief = interpretPrompt(prompt);
    const plan = producePlan(brief);
    const tonic = pitchClassOf(brief.key.value.tonic);
    const candidates = Array.from({ length: CANDIDATES }, (_, candidate) => {
      const own = candidateBrief(brief, candidate);
      const { score } = composeScore(own, plan);
      return {
        score,
        quality: scoreQuality(own, plan, score),
        faults: songFaults(writeMidi(score), tonic, score.master.fadeOutTicks > 0),
      };
    });
    const [first, ...rest] = candidates;
    if (!first) throw new RangeError('a song has a candidate');
    return { best: rest.reduce((best, next) => (next.quality > best.quality ? next : best), first).score, candidates };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { refused: error.message };
  }
}

function measuresOf(score: Score): StyleMeasures {
  return {
    style: score.style,
    pitchClassEntropy: pitchClassEntropy(score),
    scaleConsistency: scaleConsistency(score),
    grooveConsistency: grooveConsistency(score),
  };
}

function figuresOf(kept: readonly Kept[], faults: number, songs: number): Figure[] {
  const share = (list: readonly Kept[]) =>
    Math.round((list.filter(({ met }) => met).length / Math.max(1, list.length)) * 10_000) / 100;
  const kinds = [...new Set(kept.map(({ kind }) => kind))].sort();
  return [
    { name: 'promises.met', value: share(kept), unit: '%', target: 98, better: 'higher', note: `${kept.length} demands that can be measured` },
    ...kinds.map((kind): Figure => {
      const own = kept.filter((each) => each.kind === kind);
      const target = STRICT.includes(kind) ? { target: 100 } : {};
      return { name: `promises.${kind}`, value: share(own), unit: '%', ...target, better: 'higher', note: `of ${own.length}` };
    }),
    { name: 'faults.in-1000', value: Math.round((faults / Math.max(1, songs)) * 1000), unit: 'faults', target: 0, better: 'lower', note: `range, overlaps, silent bars and endings in ${songs} songs` },
  ]; // prettier-ignore
}

export type { Wish };

import type { RandomStream } from '@beatbot/music';
import type { Wish } from './wish';

/**
 * Wishes put into words. This module shares nothing with the grammar: it is how other people say it, and it is not
 * changed to suit what is understood.
 */
export function wordWish(wish: Wish, random: RandomStream): string {
  const say = (...ways: string[]): string => random.pick(ways);
  const parts: string[] = [];
  const key = wish.key && `${random.chance(70) ? wish.key.tonic : spelled(wish.key.tonic)} ${wish.key.mode}`;
  if (key)
    parts.push(
      say(
        `in ${key}`,
        `key of ${key}`,
        `centred on ${key}`,
        `${key}, please`,
        `the tonality is ${key}`,
        `written in ${key}`,
      ),
    );
  if (wish.bpm) {
    const { bpm } = wish;
    parts.push(
      say(
        `at ${bpm} bpm`,
        `clocking in at ${bpm} BPM`,
        `${bpm} beats per minute`,
        `going at ${bpm}bpm`,
        `tempo ${bpm}`,
        `a tempo of ${bpm} bpm`,
        `set the metronome to ${bpm} bpm`,
      ),
    );
  }
  if (wish.meter) {
    const meter = `${wish.meter.beats}/${wish.meter.unit}`;
    parts.push(
      say(
        `in ${meter}`,
        `counted in ${meter}`,
        `with a ${meter} time signature`,
        `${meter} time`,
        `time signature: ${meter}`,
        `in ${meter} from start to finish`,
      ),
    );
  }
  if (wish.bars)
    parts.push(
      say(
        `${wish.bars} bars`,
        `lasting ${wish.bars} bars`,
        `${wish.bars} measures in total`,
        `${wish.bars} bars long`,
        `make it ${wish.bars} bars`,
        `exactly ${wish.bars} measures`,
      ),
    );
  if (wish.sections) {
    const letters = wish.sections.every(({ name }) => name.length === 1);
    const named = wish.sections.map(({ name, bars }) => `${name} (${bars} bars)`).join(', ');
    const plain = wish.sections.map(({ name, bars }) => `${name} ${bars}`).join(', ');
    parts.push(
      letters
        ? say('AABA form', 'laid out as AABA', 'an A-A-B-A structure')
        : say(named, `structure: ${plain}`, `form: ${plain}`),
    );
  }
  const { players } = wish;
  if (players.length > 0) {
    const list = listed(players.map(({ name }) => name));
    parts.push(
      say(
        `with ${list}`,
        `scored for ${list}`,
        `featuring ${list}`,
        `I want to hear ${list}`,
        `played on ${list}`,
        `instruments: ${players.map(({ name }) => name).join(', ')}`,
      ),
    );
  }
  for (const { name } of wish.absent)
    parts.push(
      say(
        `no ${name}`,
        `without ${name}`,
        `leave out the ${name}`,
        `please don't use any ${name}`,
        `there must be no ${name}`,
        `minus the ${name}`,
        `no ${name} at all`,
      ),
    );
  if (wish.romans) {
    const chords = wish.romans.join(say('-', ' - ', ' – '));
    parts.push(say(`over ${chords}`, `chords: ${chords}`, `the harmony goes ${chords}`, `built on ${chords}`));
  }
  if (wish.title) parts.push(say(`called "${wish.title}"`, `titled "${wish.title}"`, `title: "${wish.title}"`));
  return assemble(wish.genre, shuffled(parts, random), random);
}

function assemble(genre: string, parts: readonly string[], random: RandomStream): string {
  const manner = random.integer(0, 5);
  if (manner === 0) return [genre, ...parts].join(', ');
  if (manner === 1) return [...parts, genre].join('; ');
  if (manner === 2) return [`- ${genre}`, ...parts.map((part) => `- ${part}`)].join('\n');
  if (manner === 3) return [`Could I have a ${genre} piece?`, ...parts.map((part) => `${capital(part)}.`)].join(' ');
  if (manner === 4) return [genre, ...parts].join(' ');
  return `We need a ${genre} track: ${parts.join(', ')}.`;
}

function spelled(tonic: string): string {
  return tonic.replace('#', ' sharp').replace(/^([A-G])b$/, '$1 flat');
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function shuffled(parts: readonly string[], random: RandomStream): string[] {
  return parts
    .map((part) => ({ part, order: random.unit() }))
    .sort((a, b) => a.order - b.order)
    .map(({ part }) => part);
}

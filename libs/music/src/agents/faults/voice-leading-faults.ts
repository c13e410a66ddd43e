import { instrument } from '../../instruments/instrument';
import type { Note, Track } from '../../score/score';
import { isParallel, parallels } from '../../theory/voice-leading';
import { AGENT_OF_ROLE, barsText, share, type Fault, type Review } from './fault';

/** Notes of two parts that begin this close together, in ticks, begin at once. */
const AT_ONCE_TICKS = 30;
const PAUSE_TICKS = 960;
/** Of moves of two parts together, the share that may be parallel where the style forbids it: a chance meeting is no habit. */
const MOST_PARALLEL = 0.05;
const LOWEST_CLOSE_PITCH = 43;
const CLOSE_INTERVAL = 5;
const MOST_MUDDY = 0.25;
const MOST_CROSSED = 0.15;
const WIDEST_RANGE = 29;

/** Parallel fifths and octaves where the style forbids them, close chords low down, a bass above the melody, a melody too wide to be sung. */
export function voiceLeadingFaults(review: Review): Fault[] {
  return [...parallelFaults(review), ...muddyFaults(review), ...crossingFaults(review), ...rangeFaults(review)];
}

function parallelFaults(review: Review): Fault[] {
  const { score, frame } = review;
  if (frame.style.harmony.parallels !== 'avoided') return [];
  const [bass] = score.tracks.filter(({ role, notes }) => role === 'bass' && notes.length);
  const lines = score.tracks.filter(({ role, notes }) => (role === 'lead' || role === 'counter') && notes.length);
  const pairs = lines.flatMap((line, index) => [
    ...(bass ? [[bass, line] as const] : []),
    ...lines.slice(index + 1).map((other) => [other, line] as const),
  ]);
  return [
    ...pairs.flatMap(([lower, upper]) => parallelLines(review, lower, upper)),
    ...score.tracks
      .filter(({ role, instrument: id }) => (role === 'chords' || role === 'pad') && instrument(id).polyphonic)
      .flatMap((track) => parallelChords(review, track)),
  ];
}

function parallelLines({ frame }: Review, lower: Track, upper: Track): Fault[] {
  let moves = 0;
  let from = 0;
  const found: Note[] = [];
  upper.notes.forEach((note, index) => {
    const before = upper.notes[index - 1];
    while ((lower.notes[from]?.startTick ?? Infinity) < note.startTick - AT_ONCE_TICKS) from++;
    const [under, underBefore] = [lower.notes[from], lower.notes[from - 1]];
    if (!before || !under || !underBefore || under.startTick > note.startTick + AT_ONCE_TICKS) return;
    if ([[before, note], [underBefore, under]].some(([a, b]) => a && b && b.startTick - a.startTick - a.durationTicks >= PAUSE_TICKS)) return;
    moves++;
    if (isParallel([underBefore.pitch, before.pitch], [under.pitch, note.pitch])) found.push(note);
  });
  const [first] = found;
  if (!first || found.length === 1 || share(found.length, moves) <= MOST_PARALLEL) return [];
  const fault = `${found.length} of ${moves} moves of ${lower.id} and ${upper.id} are parallel fifths or octaves`;
  return [{ agent: 'melody', fault, bars: barsText(frame.barAt(first.startTick)), trackId: upper.id }];
} // prettier-ignore

function parallelChords({ plan, frame }: Review, track: Track): Fault[] {
  const chords = chordsOf(track.notes);
  // A section begins with a voicing of its own.
  const sectionOf = (tick: number) => plan.sections.findLastIndex(({ startBar }) => frame.barStart(startBar) <= tick);
  const moves = chords.slice(1).map((chord, index) => ({ chord, count: parallels(chords[index]?.pitches ?? [], chord.pitches) }));
  const changing = moves.filter(
    ({ chord }, index) =>
      chords[index]?.pitches.join() !== chord.pitches.join() &&
      sectionOf(chords[index]?.tick ?? 0) === sectionOf(chord.tick),
  );
  const found = changing.filter(({ count }) => count > 0);
  const [first] = found;
  if (!first || found.length === 1 || share(found.length, changing.length) <= MOST_PARALLEL) return [];
  const fault = `${found.length} of ${changing.length} changes of chord move in parallel fifths`;
  return [{ agent: AGENT_OF_ROLE[track.role], fault, bars: barsText(frame.barAt(first.chord.tick)), trackId: track.id }];
} // prettier-ignore

/** Chords of three voices and more that begin together. */
function chordsOf(notes: readonly Note[]): { tick: number; pitches: number[] }[] {
  const groups: { tick: number; pitches: number[] }[] = [];
  for (const { startTick, pitch } of notes) {
    const group = groups.at(-1);
    if (group && startTick - group.tick <= AT_ONCE_TICKS) group.pitches.push(pitch);
    else groups.push({ tick: startTick, pitches: [pitch] });
  }
  return groups
    .filter(({ pitches }) => pitches.length >= 3)
    .map(({ tick, pitches }) => ({ tick, pitches: pitches.sort((a, b) => a - b) }));
}

/** Thirds and seconds below the bass clef's middle sound muddy. */
function muddyFaults({ score, frame }: Review): Fault[] {
  return score.tracks
    .filter(({ role }) => role === 'chords' || role === 'pad')
    .flatMap((track): Fault[] => {
      const chords = chordsOf(track.notes);
      const muddy = chords.filter(({ pitches: [low = 0, next = 0] }) => low < LOWEST_CLOSE_PITCH && next - low < CLOSE_INTERVAL);
      const [first] = muddy;
      if (!first || share(muddy.length, chords.length) <= MOST_MUDDY) return [];
      return [
        { agent: 'arranger', fault: `${muddy.length} of ${chords.length} chords are close and low`, bars: barsText(frame.barAt(first.tick)), trackId: track.id },
      ];
    });
} // prettier-ignore

function crossingFaults({ score, frame }: Review): Fault[] {
  const [bass = []] = score.tracks.filter(({ role, notes }) => role === 'bass' && notes.length).map(({ notes }) => notes);
  return score.tracks
    .filter(({ role }) => role === 'lead')
    .flatMap(({ id, notes }): Fault[] => {
      let next = 0;
      const crossed = notes.filter(({ startTick, pitch }) => {
        while ((bass[next]?.startTick ?? Infinity) <= startTick) next++;
        const under = bass[next - 1];
        return under !== undefined && under.startTick + under.durationTicks > startTick && under.pitch > pitch;
      });
      const [first] = crossed;
      if (!first || share(crossed.length, notes.length) <= MOST_CROSSED) return [];
      return [
        { agent: 'melody', fault: `${crossed.length} of ${notes.length} notes lie below the bass`, bars: barsText(frame.barAt(first.startTick)), trackId: id },
      ];
    });
} // prettier-ignore

function rangeFaults({ plan, score, frame }: Review): Fault[] {
  return score.tracks
    .filter(({ role }) => role === 'lead')
    .flatMap(({ id, notes }) =>
      plan.sections.flatMap((section): Fault[] => {
        const [from, to] = [frame.barStart(section.startBar), frame.barStart(section.startBar + section.bars)];
        const pitches = notes.filter(({ startTick }) => startTick >= from && startTick < to).map(({ pitch }) => pitch);
        const range = pitches.length ? Math.max(...pitches) - Math.min(...pitches) : 0;
        if (range <= WIDEST_RANGE) return [];
        const bars = barsText(section.startBar, section.startBar + section.bars - 1);
        return [{ agent: 'melody', fault: `the melody spans ${range} semitones`, bars, trackId: id }];
      }),
    );
}

import type { Note } from '../score/score';
import { playableTogether } from '../instruments/playing-limits';
import { modulo12, pitchClass } from '../theory/key';
import { nearestPitch } from '../theory/pitch-ladder';
import { leadVoices } from '../theory/voice-leading';
import { STEP_TICKS } from '../theory/meter-grid';
import type { ArrangedSection } from './arranged-section';
import { essentialTones } from './comping';
import type { HarmonySpan } from './harmony-timeline';
import { playedTick, playedVelocity } from './performance';

/** Sustained chords, each for as long as its harmony lasts within the section; in `pulse` motion anew on every beat. */
export function padSection(part: ArrangedSection): Note[] {
  const { brief, frame, key, harmony, section, player, place, random } = part;
  const { pad } = frame.style;
  const start = frame.barStart(section.startBar);
  const end = frame.barStart(section.startBar + section.bars);
  const lowest = Math.max(player.lowestPitch, pad.lowest);
  const highest = Math.max(lowest + 7, Math.min(player.highestPitch, pad.highest));
  // Further pads stand higher than the first.
  const centre = Math.min(highest - 4, (lowest + highest) / 2 + (place % 3) * 5);
  const notes: Note[] = [];
  let previous: number[] = [];
  const drone = openFifth(pitchClass(key.tonic));
  for (const own of harmony.spans.filter((entry) => entry.startTick < end && entry.endTick > start)) {
    const span = pad.motion === 'drone' ? { ...own, ...drone } : own;
    previous = !player.polyphonic
      ? singleVoice(span, previous, part, centre)
      : pad.motion === 'drone'
        ? droneVoices(drone.root, lowest, highest, pad.voices)
        : leadVoices(essentialTones(span, pad.voices, false), {
            voices: pad.voices,
            lowest,
            highest,
            centre,
            previous,
            strict: frame.style.harmony.parallels === 'avoided',
            fits: playableTogether(player),
          });
    if (span.endTick === frame.endTick && !brief.loop.value) previous = standOnRoot(span, previous, part);
    for (const { from, to } of stretches(span, part)) {
      const bar = frame.barAt(from) - section.startBar;
      const onset = playedTick(from, 3, from, random);
      for (const pitch of previous) {
        notes.push({
          startTick: onset,
          durationTicks: Math.max(30, to - onset - 12),
          pitch,
          velocity: playedVelocity(76, frame.energyAt(section, bar), random, 3),
        });
      }
    }
  }
  return notes;
}

/** What a drone holds, whatever the chord. */
function openFifth(root: number): Pick<HarmonySpan, 'root' | 'bass' | 'tones'> {
  return { root, bass: root, tones: [root, modulo12(root + 7)] };
}

/** The drone from its root up: root, fifth and octave, as many as there is room for. */
function droneVoices(root: number, lowest: number, highest: number, voices: number): number[] {
  const low = nearestPitch([root], lowest, lowest, highest);
  if (low === undefined) return [];
  return [low, low + 7, low + 12].filter((pitch) => pitch <= highest).slice(0, voices);
}

/** Where neither bass nor chords play, the closing chord stands on its root. */
function standOnRoot(
  span: HarmonySpan,
  pitches: readonly number[],
  { plan, section, player, place }: ArrangedSection,
): number[] {
  const others = plan.tracks.some(
    ({ role, sectionIds }) => (role === 'bass' || role === 'chords') && sectionIds.includes(section.id),
  );
  if (others || place > 0) return [...pitches];
  const lowest = pitches[0] ?? player.lowestPitch;
  const root = nearestPitch([span.root], lowest - 6, player.lowestPitch, lowest) ?? lowest;
  return player.polyphonic ? [root, ...pitches.filter((pitch) => pitch > root)] : [root];
}

function singleVoice(
  span: HarmonySpan,
  previous: readonly number[],
  { player, place, frame }: ArrangedSection,
  centre: number,
): number[] {
  const drone = frame.style.pad.motion === 'drone';
  const tone = drone ? span.root : (span.tones[(1 + place) % span.tones.length] ?? span.root);
  const pitch = nearestPitch([tone], previous[0] ?? centre, player.lowestPitch, player.highestPitch);
  return pitch === undefined ? [] : [pitch];
}

function stretches(span: HarmonySpan, { frame, section }: ArrangedSection): { from: number; to: number }[] {
  const first = Math.max(span.startTick, frame.barStart(section.startBar));
  const last = Math.min(span.endTick, frame.barStart(section.startBar + section.bars));
  const final = frame.isFinalBar(frame.barAt(first));
  if (frame.style.pad.motion !== 'pulse' || final) return [{ from: first, to: last }];
  const starts: number[] = [];
  for (let bar = frame.barAt(first); frame.barStart(bar) < last; bar++) {
    starts.push(
      ...frame.beats
        .map((step) => frame.barStart(bar) + step * STEP_TICKS)
        .filter((tick) => tick >= first && tick < last),
    );
  }
  return starts.map((from, index) => ({ from, to: starts[index + 1] ?? last }));
}

import type { Note } from '../score/score';
import { nearestPitch } from '../theory/pitch-ladder';
import type { ArrangedSection } from './arranged-section';
import { padSection } from './pads';
import { playedVelocity } from './performance';

/** Effects mark the seams of the form: a riser through the bar before a louder section, a soft wash where a section begins. */
export function effectSection(part: ArrangedSection): Note[] {
  const { plan, frame, harmony, player, section, random } = part;
  // With nobody else there, it carries the harmony.
  if (plan.tracks.filter(({ sectionIds }) => sectionIds.includes(section.id)).length === 1) return padSection(part);
  const next = plan.sections[plan.sections.indexOf(section) + 1];
  const start = frame.barStart(section.startBar);
  const end = frame.barStart(section.startBar + section.bars);
  const centre = Math.round((player.lowestPitch + player.highestPitch) / 2);
  const note = (from: number, durationTicks: number, level: number): Note[] => {
    const pitch = nearestPitch([harmony.at(from).root], centre, player.lowestPitch, player.highestPitch);
    if (pitch === undefined) return [];
    return [{ startTick: from, durationTicks, pitch, velocity: playedVelocity(level, section.energy, random) }];
  };
  const rises = next !== undefined && next.energy > section.energy;
  if (player.id === 'reverse-cymbal') return rises ? note(end - frame.barTicks, frame.barTicks, 90) : [];
  const wash = note(start, Math.min(2, section.bars) * frame.barTicks, 64);
  return rises && section.bars > 3 ? [...wash, ...note(end - frame.barTicks, frame.barTicks, 84)] : wash;
}

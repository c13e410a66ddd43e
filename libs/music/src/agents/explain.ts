import type { Brief, Field, Provenance } from '../brief/brief';
import { instrument } from '../instruments/instrument';
import type { Plan } from '../plan/plan';
import type { Repair } from '../receipt/receipt';
import type { Note, Role, Score, Section, Track } from '../score/score';
import { barStartTick, totalBars } from '../score/timeline';
import { style } from '../styles/style-catalogue';
import type { AgentName } from './agent';
import type { Fault } from './faults/fault';

/** What an agent chose and why, in a sentence or two. */
export interface Explanation {
  agent: AgentName | 'interpreter' | 'producer' | 'critic';
  text: string;
}

interface Finished {
  score: Score;
  repairs: readonly Repair[];
  faults: readonly Fault[];
}

/** What each agent chose and why, in the order in which they work: read from the Brief, the plan and the finished Score, so that it says what is there. */
export function explain(brief: Brief, plan: Plan, { score, repairs, faults }: Finished): Explanation[] {
  return [
    { agent: 'interpreter', text: interpreterText(brief) },
    { agent: 'producer', text: producerText(brief, plan) },
    { agent: 'harmony', text: harmonyText(brief, score) },
    { agent: 'rhythm', text: rhythmText(brief, plan, score) },
    { agent: 'bass', text: bassText(brief, score) },
    { agent: 'melody', text: melodyText(brief, score) },
    { agent: 'arranger', text: arrangerText(brief, plan, score) },
    { agent: 'mixer', text: mixerText(brief, score) },
    { agent: 'critic', text: criticText(repairs, faults) },
  ];
}

const ORIGINS: Readonly<Record<Provenance, string>> = {
  stated: 'as asked',
  inferred: 'inferred from the prompt',
  default: "the style's custom",
};

const origin = ({ provenance }: Pick<Field<unknown>, 'provenance'>) => ORIGINS[provenance];
const keyName = ({ tonic, mode }: { tonic: string; mode: string }) => `${tonic} ${mode}`;
const styleName = (brief: Brief) => style(brief.style.value).name;
const tracksOf = ({ tracks }: Score, ...roles: Role[]) =>
  tracks.filter(({ role, notes }) => roles.includes(role) && notes.length);
const percent = (part: number, whole: number) => Math.round((100 * part) / Math.max(1, whole));
const listed = (names: readonly string[]) =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
const NOTE_NAMES = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'Gb', 'G', 'Ab', 'A', 'Bb', 'B'];
const pitchName = (pitch: number) => `${NOTE_NAMES[pitch % 12] ?? ''}${Math.floor(pitch / 12) - 1}`;

function interpreterText(brief: Brief): string {
  const fields: [string, Field<unknown>][] = [
    ['style', brief.style], ['key', brief.key], ['tempo', brief.tempoMilliBpm], ['meter', brief.meter], ['length', brief.bars], ['form', brief.form],
    ['instruments', brief.instruments], ['exclusions', brief.excluded], ['chords', brief.progression],
  ]; // prettier-ignore
  const stated = fields.filter(([, field]) => field.provenance === 'stated').map(([name]) => name);
  const inferred = fields.filter(([, field]) => field.provenance === 'inferred').map(([name]) => name);
  const read = stated.length ? `The prompt states ${listed(stated)}` : 'The prompt states nothing that can be measured';
  const guessed = inferred.length ? `; ${listed(inferred)} follow from it` : '';
  return `${read}${guessed}; the rest is the custom of ${styleName(brief)}.`;
}

function producerText(brief: Brief, plan: Plan): string {
  const form = plan.sections.map(({ id, bars }) => `${id} ${bars}`).join(', ');
  const byEnergy = [...plan.sections].sort((a, b) => a.energy - b.energy);
  const [softest, loudest] = [byEnergy[0], byEnergy.at(-1)];
  const curve =
    softest && loudest && softest !== loudest
      ? ` The energy goes from ${softest.energy} in ${softest.id} to ${loudest.energy} in ${loudest.id}.`
      : '';
  const asked = new Set(brief.instruments.value.map((demand) => demand.instrument));
  const players = plan.tracks.map(
    ({ role, instrument: id }) => `${instrument(id).name} (${role}, ${asked.has(id) ? 'as asked' : 'usual in the style'})`,
  ); // prettier-ignore
  const why = brief.form.value.length
    ? origin(brief.form)
    : `the nearest form of ${styleName(brief)}, scaled to the length`;
  return `${totalBars(plan)} bars: ${form} (${why}).${curve} ${listed(players)} play.`;
}

function harmonyText(brief: Brief, score: Score): string {
  const named = new Map<string, string>();
  for (const section of score.sections)
    if (!named.has(section.name)) named.set(section.name, chordsOf(score, section).slice(0, 4).join(' '));
  const keys = score.keys.map(keyName);
  const key = keys.length > 1 ? `In ${keys.join(', then ')}` : `In ${keys[0] ?? ''} (${origin(brief.key)})`;
  const why = brief.progression.value.length ? 'the chords asked for' : `progressions of ${styleName(brief)}`;
  const sections = [...named].map(([name, chords]) => `${name} ${chords}`).join('; ');
  const ends = score.chords.slice(-2).map(({ symbol }) => symbol);
  const close = brief.loop.value ? 'the end leads back to the beginning' : `it closes ${ends.join(' to ')}`;
  return `${key}, with ${why}: ${sections}; ${close}.`;
}

function chordsOf(score: Score, section: Section): string[] {
  const from = barStartTick(score, section.startBar);
  const to = barStartTick(score, section.startBar + section.bars);
  return score.chords.filter(({ startTick }) => startTick >= from && startTick < to).map(({ roman }) => roman);
}

function rhythmText(brief: Brief, plan: Plan, score: Score): string {
  const meters = score.meters.map(({ numerator, denominator }) => `${numerator}/${denominator}`);
  const tempo = `${brief.tempoMilliBpm.value / 1000} bpm (${origin(brief.tempoMilliBpm)})`;
  const swing = brief.swingPercent.value > 52 ? `, swung ${brief.swingPercent.value} %` : '';
  const drums = tracksOf(score, 'drums', 'percussion');
  const strokes = drums.reduce((sum, { notes }) => sum + notes.length, 0);
  const played = drums.length
    ? `${listed(drums.map(({ name }) => name))} with ${Math.round(strokes / Math.max(1, totalBars(plan)))} strokes a bar`
    : 'without drums';
  const drumsOut = brief.excluded.value.includes('drums') ? ', since they were ruled out' : '';
  return `${meters.join(', then ')} at ${tempo}${swing}: ${played}${drums.length ? ' in the grooves of ' + styleName(brief) : drumsOut}.`;
}

function bassText(brief: Brief, score: Score): string {
  const [bass] = tracksOf(score, 'bass');
  if (!bass) return brief.excluded.value.includes('bass') ? 'No bass, since it was ruled out.' : 'No bass in this band.';
  const kicks = tracksOf(score, 'drums').flatMap(({ notes }) => notes.filter(({ pitch }) => pitch === 35 || pitch === 36));
  const joined = kicks.filter((kick) => bass.notes.some(({ startTick }) => Math.abs(startTick - kick.startTick) < 60));
  const kick = kicks.length ? `, together with ${percent(joined.length, kicks.length)} % of the kicks` : '';
  return `${bass.name} from ${rangeText(bass.notes)} in figures of ${styleName(brief)}${kick}.`;
} // prettier-ignore

function rangeText(notes: readonly Note[]): string {
  const pitches = notes.map(({ pitch }) => pitch);
  return `${pitchName(Math.min(...pitches))} to ${pitchName(Math.max(...pitches))}`;
}

function melodyText(brief: Brief, score: Score): string {
  const leads = tracksOf(score, 'lead');
  const [first] = leads;
  if (!first) return 'No lead in this band.';
  const moves = leads.flatMap(({ notes }) => notes.slice(1).map((note, index) => Math.abs(note.pitch - (notes[index]?.pitch ?? 0))));
  const steps = moves.filter((size) => size > 0 && size <= 2).length;
  const turns = leads.length > 1 ? ', who take turns and join where the energy is high' : '';
  const counters = tracksOf(score, 'counter');
  const answer = counters.length ? `; ${listed(counters.map(({ name }) => name))}: ${style(brief.style.value).melody.counter}` : '';
  const kinds = new Set(score.sections.map(({ name }) => name)).size;
  return `${kinds} ${kinds === 1 ? 'theme' : 'themes'}, one for each kind of section, for ${listed(leads.map(({ name }) => name))}${turns}; ${rangeText(first.notes)}, ${percent(steps, moves.length)} % of the moves by step${answer}.`;
} // prettier-ignore

function arrangerText(brief: Brief, plan: Plan, score: Score): string {
  const layers = plan.sections.map(({ id }) => `${id} ${plan.tracks.filter(({ sectionIds }) => sectionIds.includes(id)).length}`);
  const harmony = tracksOf(score, 'chords', 'pad');
  const players = harmony.length ? `${listed(harmony.map(({ name }) => name))} ${harmony.length > 1 ? 'carry' : 'carries'} the chords. ` : '';
  const { ending } = style(brief.style.value);
  const closes = brief.loop.value ? 'It loops.' : ENDINGS[ending];
  return `${players}Players by section: ${layers.join(', ')}. ${closes}`;
} // prettier-ignore

const ENDINGS: Readonly<Record<ReturnType<typeof style>['ending'], string>> = {
  ritardando: 'It slows down at the end, as the style does.',
  hit: 'It ends on one stroke together, as the style does.',
  ring: 'The last chord rings, as the style has it.',
  fade: 'It fades out, as the style does.',
};

function mixerText(brief: Brief, score: Score): string {
  const byGain = [...score.tracks].sort((a, b) => b.mix.gainCentibels - a.mix.gainCentibels);
  const front = byGain[0];
  const wettest = [...score.tracks].sort((a: Track, b: Track) => b.mix.reverbSend - a.mix.reverbSend)[0];
  const loudness = score.master.loudnessCentiLufs / 100;
  if (!front || !wettest) return `Mastered to ${loudness} LUFS.`;
  return `In the balance of ${styleName(brief)}: ${front.name} in front, most reverb on ${wettest.name}; mastered to ${loudness} LUFS.`;
}

function criticText(repairs: readonly Repair[], faults: readonly Fault[]): string {
  const returned = repairs.map(({ agent, fault, bars }) => `${fault} (bars ${bars}, ${agent})`);
  const done = returned.length
    ? `Returned ${returned.length === 1 ? 'once' : `${returned.length} times`}: ${returned.join('; ')}.`
    : 'Found nothing to return.';
  return faults.length ? `${done} Left: ${faults.map(({ fault }) => fault).join('; ')}.` : done;
}

import type { Brief, SectionDemand } from '../brief/brief';
import type { Section } from '../score/score';
import type { Style } from '../styles/style';

/** Energy of kinds of section that the style itself does not name. */
const USUAL_ENERGY: Readonly<Record<string, number>> = {
  intro: 32,
  verse: 50,
  'pre-chorus': 62,
  chorus: 80,
  hook: 80,
  bridge: 54,
  solo: 76,
  build: 66,
  drop: 92,
  break: 36,
  breakdown: 36,
  interlude: 44,
  outro: 34,
  coda: 46,
  a: 50,
  b: 66,
  c: 72,
  d: 60,
  e: 68,
  f: 74,
};
/** How much a kind of section gains with each return, and at most in all. */
const RETURN_GAIN = 4;
const MOST_RETURN_GAIN = 12;
const EDGES = ['intro', 'outro', 'coda'];

/** The form of a song: the stated one exactly, else the style's, scaled to the bars asked for. Energy is the style's, moved by the intensity asked for. */
export function planForm(brief: Brief, style: Style): Section[] {
  const stated = brief.form.value;
  const demands = stated.length ? withEnergies(stated, style) : styleForm(brief, style);
  const shift = (brief.intensity.value - 50) * 0.4;
  const counts = new Map<string, number>();
  let startBar = 0;
  return demands.map(({ name, bars, energy }) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    const section: Section = {
      id: `${name}-${count}`,
      name,
      startBar,
      bars,
      energy: Math.max(5, Math.min(100, Math.round(energy + shift))),
    };
    startBar += bars;
    return section;
  });
}

interface EnergeticSection extends SectionDemand {
  energy: number;
}

function withEnergies(stated: readonly SectionDemand[], style: Style): EnergeticSection[] {
  const returns = new Map<string, number>();
  return stated.map(({ name, bars }) => {
    const known = style.forms.flat().find((section) => section.name === name);
    const times = returns.get(name) ?? 0;
    returns.set(name, times + 1);
    const base = known?.energy ?? USUAL_ENERGY[name] ?? 58;
    return { name, bars, energy: base + Math.min(MOST_RETURN_GAIN, RETURN_GAIN * times) };
  });
}

function styleForm(brief: Brief, style: Style): EnergeticSection[] {
  const bars = brief.bars.value;
  const forms = style.forms.map((form) => (brief.loop.value ? form.filter(({ name }) => !EDGES.includes(name)) : form));
  const length = (form: readonly EnergeticSection[]) => form.reduce((sum, section) => sum + section.bars, 0);
  const far = (form: readonly EnergeticSection[]) => Math.abs(Math.log(bars / length(form)));
  const [nearest = []] = [...forms].sort((a, b) => far(a) - far(b));
  return scaled(fewer(longer(nearest, bars), bars, style.unitBars), bars, style.unitBars);
}

/** A form much shorter than the song has its middle played again. */
function longer(form: readonly EnergeticSection[], bars: number): EnergeticSection[] {
  const middle = form.filter(({ name }) => !EDGES.includes(name));
  const length = form.reduce((sum, section) => sum + section.bars, 0);
  const middleLength = middle.reduce((sum, section) => sum + section.bars, 0);
  const times = Math.max(0, Math.round((bars - length) / Math.max(1, middleLength) - 0.2));
  const after = form.findLastIndex(({ name }) => !EDGES.includes(name)) + 1;
  const again = Array.from({ length: times }, () => middle).flat();
  return [...form.slice(0, after), ...again, ...form.slice(after)];
}

/** A form with more sections than the song has room for keeps its longest and most energetic ones. */
function fewer(form: readonly EnergeticSection[], bars: number, unitBars: number): EnergeticSection[] {
  const room = bars <= 6 ? 1 : Math.max(2, Math.floor(bars / unitBars));
  const kept = [...form];
  while (kept.length > room) {
    const weight = ({ bars: length, energy }: EnergeticSection) => length * 4 + energy;
    const [least] = [...kept].sort((a, b) => weight(a) - weight(b));
    kept.splice(least ? kept.indexOf(least) : 0, 1);
  }
  return kept;
}

/** Lengths in proportion, in units of the style's phrases (or of four bars, two, or one) where there is room, what is left over at the end. */
function scaled(form: readonly EnergeticSection[], bars: number, unitBars: number): EnergeticSection[] {
  const unit = [unitBars, 4, 2, 1].find((size) => Math.floor(bars / size) >= form.length) ?? 1;
  const units = Math.floor(bars / unit);
  const total = form.reduce((sum, section) => sum + section.bars, 0);
  const exact = form.map((section) => (section.bars * units) / total);
  const shares = exact.map((share) => Math.max(1, Math.floor(share)));
  let left = units - shares.reduce((sum, share) => sum + share, 0);
  while (left !== 0) {
    // Give to the one that is furthest below its share, take from the one that is furthest above it.
    const gaps = exact.map((share, index) => share - (shares[index] ?? 0));
    const candidates = gaps
      .map((gap, index) => ({ gap, index }))
      .filter(({ index }) => left > 0 || (shares[index] ?? 0) > 1);
    candidates.sort((a, b) => (left > 0 ? b.gap - a.gap : a.gap - b.gap) || a.index - b.index);
    const index = candidates[0]?.index ?? 0;
    shares[index] = (shares[index] ?? 0) + Math.sign(left);
    left -= Math.sign(left);
  }
  return form.map((section, index) => {
    const last = index === form.length - 1;
    return { ...section, bars: (shares[index] ?? 1) * unit + (last ? bars - units * unit : 0) };
  });
}

import type { Style } from '../styles/style';
import type { Contradiction, Field, SectionDemand } from './brief';
import type { FormDemand, NamedSection } from './read-form';
import { checkBars, MAX_BARS, type Length } from './read-length';
import type { TimeSignature } from './read-meter';
import type { Finding } from './reading';
import { settle } from './settle';

/** What the prompt and the controls say of length and form. */
export interface FormDemands {
  lengths: readonly Finding<Length>[];
  words: readonly Finding<'loop' | 'short' | 'long'>[];
  forms: readonly Finding<FormDemand>[];
  controlBars: number | undefined;
}

export interface FormChoice {
  bars: Field<number>;
  form: Field<SectionDemand[]>;
  loop: Field<boolean>;
}

const LOOP_BARS = 8;
const BLUES_BARS = 12;
/** Sections that are usually half as long as the others. */
const SHORT_SECTIONS = ['intro', 'outro', 'coda', 'pre-chorus', 'break', 'interlude', 'build'];

/**
 * Bars, form and whether it loops. Lengths in time become bars by tempo and meter. Sections with lengths beat a total
 * that differs from their sum, unless the total is a control; sections without share what is left.
 */
export function settleForm(
  contradictions: Contradiction[],
  { lengths, words, forms, controlBars }: FormDemands,
  style: Style,
  tempoMilliBpm: number,
  meter: TimeSignature,
): FormChoice {
  const inBars = lengths.map((finding) => ({ ...finding, value: barsOf(finding.value, tempoMilliBpm, meter) }));
  const total = settle(contradictions, 'bars', inBars, (bars) => `${bars} bars`, controlBars);
  const loops = words.filter((finding) => finding.value === 'loop');
  const loop: Field<boolean> = {
    value: loops.length > 0,
    provenance: loops.length > 0 ? 'stated' : 'default',
    spans: loops.map(({ span }) => span),
  };

  const sections = sectionsOf(contradictions, forms, style, total?.value);
  if (sections) {
    const form = fit(contradictions, sections.value, total, controlBars !== undefined);
    if (form) {
      const bars = form.reduce((sum, section) => sum + section.bars, 0);
      checkBars('prompt.form', bars, `${bars} bars in all`);
      const kept = total?.value === bars ? total : undefined;
      return {
        bars: kept ?? { value: bars, provenance: 'inferred', spans: sections.spans },
        form: { value: form, provenance: 'stated', spans: sections.spans },
        loop,
      };
    }
  }
  return { bars: total ?? barsByWords(words, style), form: { value: [], provenance: 'default', spans: [] }, loop };
}

/** The bars that come nearest to a time; phrases of four where that costs at most 4 % of it. @throws InputError outside 1 to 1024. */
function barsOf(length: Length, tempoMilliBpm: number, { numerator, denominator }: TimeSignature): number {
  if ('bars' in length) return length.bars;
  const quarters = (length.seconds * tempoMilliBpm) / 60_000;
  const exact = (quarters * denominator) / (numerator * 4);
  const phrases = Math.round(exact / 4) * 4;
  const bars = phrases > 0 && Math.abs(phrases - exact) <= exact * 0.04 ? phrases : Math.max(1, Math.round(exact));
  checkBars('prompt.length', bars, `${length.seconds} seconds`);
  return bars;
}

function barsByWords(words: FormDemands['words'], style: Style): Field<number> {
  const spans = words.map((finding) => finding.span);
  const has = (word: string) => words.some((finding) => finding.value === word);
  if (has('loop')) return { value: LOOP_BARS, provenance: 'inferred', spans };
  if (has('short')) return { value: Math.max(8, Math.round(style.defaultBars / 8) * 4), provenance: 'inferred', spans };
  if (has('long')) return { value: Math.min(MAX_BARS, style.defaultBars * 2), provenance: 'inferred', spans };
  return { value: style.defaultBars, provenance: 'default', spans: [] };
}

interface Sections {
  value: NamedSection[];
  spans: Field<unknown>['spans'];
}

function sectionsOf(
  contradictions: Contradiction[],
  forms: FormDemands['forms'],
  style: Style,
  total: number | undefined,
): Sections | undefined {
  const spelled = spelledOut(forms);
  if (spelled) return spelled;
  const wholes = forms.filter(({ value }) => value.kind === 'whole' || value.kind === 'blues');
  const whole = wholes[0];
  if (whole) {
    const other = wholes.find((finding) => showForm(finding.value) !== showForm(whole.value));
    if (other)
      contradictions.push({ field: 'form', asked: [whole.span.text, other.span.text], chosen: whole.span.text });
    const value = 'sections' in whole.value ? repeatPair(whole.value.sections, total) : bluesChoruses(total);
    return { value, spans: [whole.span] };
  }
  if (forms.length === 0) return undefined;
  const named = (kind: 'part' | 'without') =>
    forms.flatMap(({ value }) => (value.kind === kind && 'sections' in value ? value.sections : []));
  const unwanted = named('without').map(({ name }) => name);
  const form = withParts(style, named('part')).filter(({ name }) => !unwanted.includes(name));
  return form.length === 0 ? undefined : { value: form, spans: forms.map((finding) => finding.span) };
}

function showForm(form: FormDemand): string {
  return 'sections' in form ? form.sections.map(({ name, bars }) => `${name} ${bars ?? ''}`).join() : form.kind;
}

/** "begins with a four-bar intro, then an eight-bar verse ...": sections here and there, each with its length, are the form. */
function spelledOut(forms: FormDemands['forms']): Sections | undefined {
  const sections = forms.flatMap(({ value }) =>
    'sections' in value && value.kind !== 'without' ? value.sections : [],
  );
  const scattered = forms.length > 1 && forms.every(({ value }) => value.kind === 'whole' || value.kind === 'part');
  const measured = sections.every(({ bars }) => bars !== undefined);
  const begins = sections[0]?.name === 'intro';
  const closes = /^(outro|coda|chorus)$/.test(sections.at(-1)?.name ?? '');
  return scattered && measured && sections.length > 2 && begins && closes
    ? { value: sections, spans: forms.map((finding) => finding.span) }
    : undefined;
}

/** "verse-chorus" names the pair that alternates. */
function repeatPair(sections: NamedSection[], total: number | undefined): NamedSection[] {
  const [first, second] = sections;
  const pair =
    sections.length === 2 && first?.name === 'verse' && second?.name === 'chorus' && !first.bars && !second.bars;
  return pair && (total === undefined || total >= 16) ? [...sections, ...sections] : sections;
}

function bluesChoruses(total = 4 * BLUES_BARS): NamedSection[] {
  const choruses = Array.from({ length: Math.floor(total / BLUES_BARS) }, () => ({ name: 'chorus', bars: BLUES_BARS }));
  const rest = total % BLUES_BARS;
  return rest > 0 ? [...choruses, { name: 'outro', bars: rest }] : choruses;
}

/** The style's own form with the sections asked for: those it has get their length, others are put in. */
function withParts(style: Style, parts: readonly NamedSection[]): NamedSection[] {
  const form: NamedSection[] = (style.forms[0] ?? []).map(({ name }) => ({ name }));
  for (const part of parts) {
    const closing = /^(outro|coda)$/;
    const present = form.filter(({ name }) => name === part.name || (closing.test(name) && closing.test(part.name)));
    if (present.length > 0) {
      if (part.bars !== undefined) for (const section of present) section.bars = part.bars;
    } else if (part.name === 'intro') {
      form.unshift({ ...part });
    } else if (closing.test(part.name)) {
      form.push({ ...part });
    } else {
      const closes = closing.test(form.at(-1)?.name ?? '');
      form.splice(form.length - (closes ? 2 : 1), 0, { ...part });
    }
  }
  return form;
}

/** Sections with their bars, or undefined where the total leaves no bar for one of them. */
function fit(
  contradictions: Contradiction[],
  sections: readonly NamedSection[],
  total: Field<number> | undefined,
  fixed: boolean,
): SectionDemand[] | undefined {
  const known = sections.reduce((sum, section) => sum + (section.bars ?? 0), 0);
  const open = sections.filter((section) => section.bars === undefined);
  const usual = open.reduce((sum, section) => sum + usualBars(section), 0);
  const target = total?.value ?? known + usual;
  const left = target - known;
  if (open.length === 0 ? left !== 0 : left < open.length) {
    if (fixed || (open.length > 0 && known === 0)) {
      contradictions.push({
        field: 'form',
        asked: [sections.map(({ name }) => name).join(' '), `${target} bars`],
        chosen: `${target} bars`,
      });
      return undefined;
    }
    const bars = known + usual;
    contradictions.push({
      field: 'bars',
      asked: [`${target} bars`, `sections of ${bars} bars`],
      chosen: `${bars} bars`,
    });
    return sections.map((section) => ({ name: section.name, bars: section.bars ?? usualBars(section) }));
  }
  const shares = share(open.map(usualBars), left);
  return sections.map(({ name, bars }) => ({ name, bars: bars ?? shares.shift() ?? 1 }));
}

function usualBars({ name }: NamedSection): number {
  return SHORT_SECTIONS.includes(name) ? 4 : 8;
}

/** `total` parted in proportion to `weights`, each at least 1, in fours while they go round. */
function share(weights: readonly number[], total: number): number[] {
  const unit =
    total % 4 === 0 && total / 4 >= weights.length ? 4 : total % 2 === 0 && total / 2 >= weights.length ? 2 : 1;
  const units = Math.floor(total / unit);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const shares = weights.map((weight) => Math.max(1, Math.floor((units * weight) / sum)));
  // What rounding left over goes to those furthest below their due, and is taken from those furthest above.
  for (let difference = units - shares.reduce((all, part) => all + part, 0); difference !== 0;) {
    const step = Math.sign(difference);
    let best = -1;
    let need = -Infinity;
    weights.forEach((weight, index) => {
      const part = shares[index] ?? 0;
      const due = step * ((units * weight) / sum - part);
      if (due > need && part + step >= 1) [best, need] = [index, due];
    });
    shares[best] = (shares[best] ?? 0) + step;
    difference -= step;
  }
  const bars = shares.map((part) => part * unit);
  const last = bars.length - 1;
  bars[last] = (bars[last] ?? 0) + (total - units * unit);
  return bars;
}

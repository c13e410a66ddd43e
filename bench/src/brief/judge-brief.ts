import { findStyleByAlias, interpretPrompt, InputError, RELATED_GENRES, type Brief, type Field } from '@beatbot/music';
import { Chord } from 'tonal';
import type { CorpusEntry, WrittenBrief } from './corpus/corpus-entry';

/** How one field of one prompt was read. `stated` fields are those that the prompt speaks of. */
export interface Verdict {
  prompt: string;
  field: string;
  stated: boolean;
  right: boolean;
  wanted: string;
  found: string;
}

/** A field of the corpus: what to compare, and whether the Brief claims that it was stated. */
interface Judge {
  found: (brief: Brief) => string;
  claimed: (brief: Brief) => boolean;
  agrees: (wanted: WrittenBrief, brief: Brief) => boolean;
}

type Judged = Exclude<keyof WrittenBrief, 'open'>;

const claims = (field: Field<unknown>) => field.provenance === 'stated';
const keyText = ({ key: { value } }: Brief) => `${value.tonic} ${value.mode}`;
const formText = ({ form }: Brief) => form.value.map(({ name, bars }) => `${name} ${bars}`).join(', ');
const instrumentTexts = ({ instruments }: Brief) =>
  instruments.value.map(({ instrument, role }) => `${instrument} ${role}`);
const lostTexts = ({ notUnderstood }: Brief) => notUnderstood.map(({ text }) => text);

const JUDGES: { readonly [K in Judged]: Judge } = {
  style: {
    found: (brief) => brief.style.value,
    claimed: (brief) => claims(brief.style),
    agrees: (wanted, brief) => brief.style.value === styleOf(wanted.style ?? '') && brief.style.provenance !== 'default',
  },
  key: {
    found: keyText,
    claimed: (brief) => claims(brief.key),
    agrees: ({ key = '' }, brief) => {
      const { tonic, mode } = brief.key.value;
      return claims(brief.key) && [`${tonic} ${mode}`, tonic, mode].includes(key);
    },
  },
  bpm: {
    found: (brief) => `${brief.tempoMilliBpm.value / 1000}`,
    claimed: (brief) => claims(brief.tempoMilliBpm),
    agrees: ({ bpm }, brief) => brief.tempoMilliBpm.value / 1000 === bpm && brief.tempoMilliBpm.provenance !== 'default',
  },
  meter: plain((brief) => brief.meter, ({ numerator, denominator }) => `${numerator}/${denominator}`, ({ meter }) => meter),
  swing: plain((brief) => brief.swingPercent, String, ({ swing }) => `${swing}`),
  bars: {
    found: (brief) => `${brief.bars.value}`,
    claimed: (brief) => claims(brief.bars),
    agrees: ({ bars }, brief) => brief.bars.value === bars && claims(brief.bars),
  },
  form: {
    found: formText,
    claimed: (brief) => claims(brief.form),
    agrees: ({ form = '' }, brief) =>
      /[0-9]/.test(form) ? formText(brief) === form : brief.form.value.map(({ name }) => name).join(' ') === form,
  },
  has: {
    found: formText,
    claimed: (brief) => claims(brief.form),
    agrees: ({ has = [] }, brief) =>
      has.every((part) => brief.form.value.some(({ name, bars }) => part === name || part === `${name} ${bars}`)),
  },
  hasNo: {
    found: formText,
    claimed: (brief) => claims(brief.form),
    agrees: ({ hasNo = [] }, brief) => claims(brief.form) && !brief.form.value.some(({ name }) => hasNo.includes(name)),
  },
  inst: {
    found: (brief) => instrumentTexts(brief).join(', '),
    claimed: (brief) => claims(brief.instruments),
    agrees: ({ inst = [] }, brief) => samePlayers(inst, instrumentTexts(brief)),
  },
  no: {
    found: (brief) => brief.excluded.value.join(', '),
    claimed: (brief) => claims(brief.excluded),
    agrees: ({ no = [] }, brief) => no.every((target) => brief.excluded.value.includes(target)),
  },
  prog: {
    found: (brief) => brief.progression.value.join(' '),
    claimed: (brief) => claims(brief.progression),
    agrees: ({ prog = '' }, brief) =>
      brief.progression.value.map(chordName).join(' ') === prog.split(' ').map(chordName).join(' '),
  },
  parts: {
    found: (brief) => partTexts(brief).join(', '),
    claimed: (brief) => partTexts(brief).length > 0,
    agrees: ({ parts = [] }, brief) => sameParts(parts, brief),
  },
  title: plain((brief) => brief.title, String, ({ title }) => title),
  seed: plain((brief) => brief.seed, String, ({ seed }) => `${seed}`),
  loop: plain((brief) => brief.loop, String, ({ loop }) => `${loop}`),
  mood: {
    found: (brief) => brief.moods.value.join(', '),
    claimed: () => false,
    agrees: ({ mood = [] }, brief) => mood.every((word) => brief.moods.value.includes(word)),
  },
  energy: plain((brief) => brief.intensity, String, ({ energy }) => `${energy}`),
  named: {
    found: (brief) => brief.contradictions.map(({ field, asked, chosen }) => `${field} (${asked.join(' | ')} -> ${chosen})`).join('; '),
    // A genre without a style of its own is always named, and depends on the catalogue.
    claimed: (brief) => brief.contradictions.some(({ field }) => field !== 'style'),
    agrees: ({ named = [] }, brief) => named.every((field) => brief.contradictions.some((each) => each.field === field)),
  },
  lost: {
    found: (brief) => lostTexts(brief).join(' | '),
    claimed: (brief) => brief.notUnderstood.length > 0,
    agrees: ({ lost = [] }, brief) => contentWords(lostTexts(brief)) === contentWords(lost),
  },
}; // prettier-ignore

const FIELDS = Object.keys(JUDGES) as Judged[];

/** The form's sections by number among their kind, each with what it is asked for apart from the song. */
function sectionsOf({ form }: Brief) {
  return form.value.map((section, index, all) => {
    const { key, meter, tempoMilliBpm, playing = [], silent = [], only = [] } = section;
    const named = (verb: string, targets: readonly string[]) => targets.map((target) => `${verb} ${target}`);
    const asked = [
      ...(key ? [`key ${key.tonic} ${key.mode}`] : []),
      ...(meter ? [`meter ${meter.numerator}/${meter.denominator}`] : []),
      ...(tempoMilliBpm === undefined ? [] : [`bpm ${tempoMilliBpm / 1000}`]),
      ...named('playing', playing),
      ...named('silent', silent),
      ...(only.length > 0 ? [`only ${[...only].sort().join(' ')}`] : []),
    ];
    const number = all.slice(0, index + 1).filter(({ name }) => name === section.name).length;
    const last = !all.slice(index + 1).some(({ name }) => name === section.name);
    return {
      names: ['*', section.name, `${section.name}-${number}`, ...(last ? [`${section.name}-last`] : [])],
      asked,
    };
  });
}

function partTexts(brief: Brief): string[] {
  return sectionsOf(brief).flatMap(({ names, asked }) => asked.map((text) => `${names[2] ?? ''} ${text}`));
}

/** Whether the sections that are there have all that is wanted of them, and nothing else; `*` means those that are not named. */
function sameParts(wanted: readonly string[], brief: Brief): boolean {
  const demands = wanted.map((text) => {
    const [where = '', verb = '', ...rest] = text.split(' ');
    return { where, text: verb === 'only' ? `only ${rest.sort().join(' ')}` : `${verb} ${rest.join(' ')}` };
  });
  const sections = sectionsOf(brief);
  const found = demands.every(({ where }) => where === '*' || sections.some(({ names }) => names.includes(where)) || where === 'outro' || where === 'intro');
  return found && sections.every(({ names, asked }) => {
    const named = demands.filter(({ where }) => where !== '*' && names.includes(where));
    const others = named.length > 0 ? named : demands.filter(({ where }) => where === '*');
    const texts = others.map(({ text }) => text);
    return texts.every((text) => asked.includes(text)) && asked.every((text) => texts.includes(text));
  });
} // prettier-ignore

/** What the grammar made of a prompt, field by field. A form that has sections is judged as `form` or as `has`, not both. */
export function judgeBrief([prompt, wanted]: CorpusEntry): Verdict[] {
  let brief: Brief;
  try {
    brief = interpretPrompt(prompt);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return FIELDS.filter((field) => wanted[field] !== undefined).map((field) => ({
      prompt, field, stated: true, right: false, wanted: JSON.stringify(wanted[field]), found: error.message,
    })); // prettier-ignore
  }
  return FIELDS.filter((field) => !isTwin(field, wanted) && !wanted.open?.includes(field)).map((field) => {
    const judge = JUDGES[field];
    const stated = wanted[field] !== undefined;
    return {
      prompt,
      field,
      stated,
      right: stated ? judge.agrees(wanted, brief) : !judge.claimed(brief),
      wanted: stated ? JSON.stringify(wanted[field]) : 'nothing stated',
      found: judge.found(brief),
    };
  });
}

/** The words that carry meaning, wherever spans begin and end. */
function contentWords(texts: readonly string[]): string {
  const words =
    texts
      .join(' ')
      .toLowerCase()
      .match(/[^\s+-]+/gu) ?? [];
  return words
    .filter((word) => !/^(a|an|the|in|of|at|on|and|to|about|between|through|with|all|your|no|this|is|like)$/.test(word))
    .join(' ');
}

/** `form`, `has` and `hasNo` speak of the same field. */
function isTwin(field: Judged, wanted: WrittenBrief): boolean {
  const form = ['form', 'has', 'hasNo'] as const;
  const spoken = form.find((name) => wanted[name] !== undefined) ?? 'form';
  return form.some((name) => name === field) && field !== spoken;
}

function plain<T>(
  pick: (brief: Brief) => Field<T>,
  show: (value: T) => string,
  wanted: (written: WrittenBrief) => string | undefined,
): Judge {
  return {
    found: (brief) => show(pick(brief).value),
    claimed: (brief) => claims(pick(brief)),
    agrees: (written, brief) => claims(pick(brief)) && show(pick(brief).value) === wanted(written),
  };
}

/** The style that a genre's name means: its own, or the nearest; undefined where the grammar knows neither. */
function styleOf(genre: string): string | undefined {
  return findStyleByAlias(genre)?.id ?? RELATED_GENRES.get(genre)?.style;
}

/** Whether each wanted player is found once, and no other; one wanted without a role may have several. */
function samePlayers(wanted: readonly string[], found: readonly string[]): boolean {
  const left = [...found];
  // Those that leave least open choose first.
  const openness = (player: string) => (player.startsWith('*') ? 1 : 0) + (player.includes(' ') ? 0 : 0.5);
  const free = new Set<string>();
  const all = [...wanted]
    .sort((a, b) => openness(a) - openness(b))
    .every((each) => {
      const at = left.findIndex((player) => fitsPlayer(each, player));
      const [taken] = at >= 0 ? left.splice(at, 1) : [];
      if (taken && openness(each) > 0) free.add(taken.split(' ')[0] ?? '');
      return taken !== undefined;
    });
  return all && left.every((player) => free.has(player.split(' ')[0] ?? ''));
}

function fitsPlayer(wanted: string, found: string): boolean {
  const [instrument, role] = wanted.split(' ');
  const [foundInstrument, foundRole] = found.split(' ');
  return (instrument === '*' || instrument === foundInstrument) && (role === undefined || role === foundRole);
}

/** A chord symbol by its notes, so that C-7 is Cm7; a Roman numeral as it is. */
function chordName(chord: string): string {
  const { empty, notes, bass } = Chord.get(chord);
  return empty ? chord : `${notes.join('.')}/${bass}`;
}

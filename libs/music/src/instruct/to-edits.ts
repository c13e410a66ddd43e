import { InputError } from '../input-error';
import type { EditInput } from '../edits/edit';
import type { Scope } from '../edits/scope';
import type { SongState } from '../edits/song-state';
import { instrument as instrumentById, INSTRUMENTS } from '../instruments/instrument';
import type { Role, Score, Section, Track } from '../score/score';
import { style } from '../styles/style-catalogue';
import { totalBars } from '../score/timeline';
import type { Clause, Intent, PlaceWord, TrackAction, TrackWord } from './intent';

/** What "more reverb" changes, of 127. */
const SEND_STEP = 30;
const LEAST_GAIN = -600;
const MOST_GAIN = 120;
/** Length of a fade, and of a section that has no like, where none is said. */
const [FADE_BARS, SECTION_BARS] = [4, 8];

/** What "it" stands for: the tracks and places that the clauses before spoke of last. */
export interface Mentioned {
  tracks?: TrackWord[] | undefined;
  places?: PlaceWord[] | undefined;
}

/**
 * The edits that a clause asks for in a song as it is now.
 * @throws InputError (field `instruction`) where the song has not what the clause speaks of, with what it has.
 */
export function toEdits({ score, brief }: SongState, clause: Clause, mentioned: Mentioned): EditInput[] {
  const { intent, scope, pronoun } = clause;
  if (!intent) return [];
  const hasPlace = ['title', 'fade', 'noFade', 'hardEnding', 'insert'].includes(intent.kind);
  if (scope.length > 0 && (hasPlace || ('places' in intent && intent.places)))
    throw new InputError('instruction', clause.text, 'one place for one change');
  const only = (allowed: string) => {
    if (scope.length > 0) throw new InputError('instruction', clause.text, `${allowed}: the whole song at once`);
  };
  switch (intent.kind) {
    case 'undo':
      return [];
    case 'transpose':
      only('transposing');
      return [{ type: 'transpose', semitones: intent.semitones }];
    case 'key': {
      only('a change of key');
      const old = brief.key.value;
      const { tonic = old.tonic, mode } = intent.key;
      // "in F" keeps a minor song minor.
      return [{ type: 'set_key', key: { tonic, mode: mode ?? old.mode } }];
    }
    case 'tempo': {
      only('a change of tempo');
      const now = (score.tempos[0]?.milliBpm ?? 0) / 1000;
      const bpm = intent.bpm ?? now * (intent.factor ?? 1) + (intent.byBpm ?? 0);
      return [{ type: 'set_tempo', tempoBpm: Math.round(bpm * 10) / 10 }];
    }
    case 'meter':
      only('a change of meter');
      return [
        { type: 'set_meter', numerator: intent.meter.numerator, denominator: denominatorOf(intent.meter.denominator) },
      ];
    case 'feel':
      only('a change of feel');
      return [{ type: 'set_feel', feel: intent.feel }];
    case 'style':
      only('a change of style');
      return [{ type: 'set_style', style: intent.style }];
    case 'title':
      return [{ type: 'set_title', title: intent.title }];
    case 'track':
      return trackEdits(score, clause, intent.tracks, intent.action);
    case 'replace':
      only('another instrument');
      return replaceEdits(score, clause, intent.tracks, intent.by);
    case 'rework': {
      const it = pronoun && !intent.tracks && !intent.places ? mentioned : {};
      const tracks = intent.tracks ?? it.tracks;
      const places = intent.places ?? (scope.length > 0 ? scope : it.places);
      return crossed(score, clause, tracks, places).map((each) => ({ type: intent.how, ...each }));
    }
    case 'reharmonise':
      return scopesOf(score, clause, intent.places ?? scope).map((each) => ({ type: 'reharmonise', ...each }));
    case 'repeat':
      return sectionsOf(score, clause, intent.places).map(({ id }) => ({
        type: 'repeat_section',
        sectionId: id,
        times: intent.times,
      }));
    case 'removePlaces':
      return sectionsOf(score, clause, intent.places).map(({ id }) => ({ type: 'remove_section', sectionId: id }));
    case 'resize':
      return sectionsOf(score, clause, intent.places).map((section) => ({
        type: 'resize_section',
        sectionId: section.id,
        bars: intent.bars ?? Math.round(section.bars * (intent.factor ?? 1)) + (intent.byBars ?? 0),
      }));
    case 'insert':
      return insertEdits(score, clause, intent);
    case 'move': {
      // "put a bridge before the last chorus", where there is none yet.
      const isNew = intent.places.every(
        (place) => place.kind === 'section' && !score.sections.some(({ name }) => name === place.name),
      );
      if (isNew) return insertEdits(score, clause, { ...intent, kind: 'insert', section: intent.places });
      return sectionsOf(score, clause, intent.places).map(({ id }) => ({
        type: 'move_section',
        sectionId: id,
        ...after(
          score.sections.filter((section) => section.id !== id),
          intent.side,
          intent.beside && oneSection(score, clause, intent.beside),
        ),
      }));
    }
    case 'fade':
      return [{ type: 'fade_out', bars: intent.bars ?? Math.min(FADE_BARS, totalBars(score)) }];
    case 'noFade':
      return [{ type: 'fade_out', bars: 0 }];
    case 'hardEnding':
      return [{ type: 'hard_ending' }];
  }
}

function trackEdits(score: Score, clause: Clause, words: readonly TrackWord[], action: TrackAction): EditInput[] {
  const { scope } = clause;
  if (action.do === 'add') return words.map((word) => addEdit(score, clause, word));
  const tracks = tracksOf(score, clause, words);
  if (action.do === 'remove' || (action.do === 'mute' && scope.length > 0)) {
    return tracks.flatMap(({ id }) =>
      scopesOf(score, clause, scope).map((each) => ({ type: 'remove_track' as const, trackId: id, ...each })),
    );
  }
  if (scope.length > 0) throw new InputError('instruction', clause.text, 'the mix of a track throughout the song');
  return tracks.map(({ id, mix }): EditInput => {
    switch (action.do) {
      case 'mute':
      case 'unmute':
        return { type: 'mute_track', trackId: id, muted: action.do === 'mute' };
      case 'gain': {
        const asked = mix.gainCentibels + Math.round(action.byDb * 10);
        const gainCentibels = Math.max(LEAST_GAIN, Math.min(MOST_GAIN, asked));
        return { type: 'set_mix', trackId: id, gainCentibels };
      }
      case 'pan':
        return { type: 'set_mix', trackId: id, pan: Math.round(action.to) };
      case 'send': {
        const step = { more: SEND_STEP, less: -SEND_STEP, none: -127 }[action.change];
        return { type: 'set_mix', trackId: id, [action.send]: Math.max(0, Math.min(127, mix[action.send] + step)) };
      }
    }
  });
}

function addEdit(score: Score, clause: Clause, word: TrackWord): EditInput {
  if (word.all) throw new InputError('instruction', clause.text, 'an instrument or a part by its name');
  const sections = clause.scope.length > 0 ? sectionsOf(score, clause, clause.scope) : undefined;
  const usual = style(score.style).band.find(({ role }) => role === word.role)?.instruments[0];
  const instrument = word.instrument ?? usual ?? (word.role === 'drums' ? 'standard-kit' : 'acoustic-grand-piano');
  return {
    type: 'add_track',
    role: roleFor(instrument, word.role),
    instrument,
    ...(sections ? { sectionIds: sections.map(({ id }) => id) } : {}),
  };
}

/** A melodic instrument named for percussion plays it where it can; kits play drums. */
function roleFor(instrument: string, role: Role): Role {
  const { isDrumKit } = instrumentById(instrument);
  if (isDrumKit) return role === 'percussion' ? 'percussion' : 'drums';
  return role === 'drums' ? 'percussion' : role;
}

function replaceEdits(
  score: Score,
  clause: Clause,
  words: readonly TrackWord[],
  by: readonly TrackWord[],
): EditInput[] {
  const [other] = by;
  const instrument = other?.instrument;
  if (instrument === undefined) {
    throw new InputError('instruction', clause.text, 'the new instrument by its name, such as flute or Rhodes');
  }
  return tracksOf(score, clause, words).map(({ id }) => ({ type: 'replace_instrument', trackId: id, instrument }));
}

function insertEdits(score: Score, clause: Clause, intent: Extract<Intent, { kind: 'insert' }>): EditInput[] {
  const beside = intent.beside && oneSection(score, clause, intent.beside);
  return intent.section.map((word) => {
    if (word.kind !== 'section') throw new InputError('instruction', clause.text, 'a kind of section, such as bridge');
    const like = score.sections.find(({ name }) => name === word.name);
    return {
      type: 'insert_section',
      name: word.name,
      bars: intent.bars ?? like?.bars ?? Math.min(SECTION_BARS, ...score.sections.map(({ bars }) => bars)),
      ...after(score.sections, intent.side, beside),
    };
  });
}

/** The section after which to put something; none where it comes first. */
function after(sections: readonly Section[], side: string, beside?: Section): { afterSectionId?: string } {
  if (side === 'start') return {};
  const index =
    side === 'end' || !beside ? sections.length - 1 : sections.indexOf(beside) - (side === 'before' ? 1 : 0);
  const id = sections[index]?.id;
  return id === undefined ? {} : { afterSectionId: id };
}

function crossed(
  score: Score,
  clause: Clause,
  words: readonly TrackWord[] | undefined,
  places: readonly PlaceWord[] | undefined,
): Scope[] {
  const scopes = scopesOf(score, clause, places ?? []);
  if (!words || words.some(({ all }) => all)) return scopes;
  return tracksOf(score, clause, words).flatMap(({ id }) => scopes.map((scope) => ({ trackId: id, ...scope })));
}

/** The tracks that words mean. @throws InputError with the tracks there are. */
function tracksOf(score: Score, { text }: Clause, words: readonly TrackWord[]): Track[] {
  const found = words.flatMap(({ means, asked }) => {
    const tracks = means.map((is) => score.tracks.filter(is)).find((each) => each.length > 0);
    if (tracks) return tracks;
    const there = score.tracks.map(({ id, instrument }) => `${id} (${nameOf(instrument)})`).join(', ');
    throw new InputError('instruction', text, `a track of the song: it has no ${asked}, but ${there}`);
  });
  return [...new Set(found)];
}

function nameOf(id: string): string {
  return INSTRUMENTS.find((entry) => entry.id === id)?.name ?? id;
}

/** The scopes of places; the whole song where there are none. */
function scopesOf(score: Score, clause: Clause, places: readonly PlaceWord[]): Scope[] {
  if (places.length === 0) return [{}];
  const total = totalBars(score);
  return places.flatMap((place): Scope[] => {
    if (place.kind === 'section') return sectionsOf(score, clause, [place]).map(({ id }) => ({ sectionId: id }));
    const [from, to] =
      place.kind === 'bars'
        ? [place.first - 1, place.last === Infinity ? total : place.last]
        : place.kind === 'firstBars'
          ? [0, place.count]
          : [total - place.count, total];
    if (from < 0 || to > total || to <= from) throw new InputError('instruction', clause.text, `bars 1 to ${total}`);
    return [{ fromBar: from, toBar: to }];
  });
}

function oneSection(score: Score, clause: Clause, places: readonly PlaceWord[]): Section {
  const [section] = sectionsOf(score, clause, places);
  if (!section) throw new InputError('instruction', clause.text, 'a section of the song');
  return section;
}

/** The sections of a place; where several are of its kind and none is said, all of them. @throws InputError with those there are. */
function sectionsOf(score: Score, clause: Clause, places: readonly PlaceWord[]): Section[] {
  return places.flatMap((place) => {
    const there = score.sections.map(({ id }) => id).join(', ');
    if (place.kind !== 'section') throw new InputError('instruction', clause.text, `a section: ${there}`);
    const alike = score.sections.filter(({ name }) => name === place.name);
    const { which } = place;
    const chosen =
      which === undefined || which === 0
        ? alike
        : [which < 0 ? alike.at(which) : alike[which - 1]].filter((each) => !!each);
    if (chosen.length > 0) return chosen;
    throw new InputError('instruction', clause.text, `a section of the song: there is no ${place.asked}, but ${there}`);
  });
}

function denominatorOf(value: number): 2 | 4 | 8 | 16 {
  const known = ([2, 4, 8, 16] as const).find((each) => each === value);
  if (known === undefined) throw new InputError('instruction', value, '2, 4, 8 or 16 under the time signature');
  return known;
}

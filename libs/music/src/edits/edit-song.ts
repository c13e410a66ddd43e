import { InputError } from '../input-error';
import { MAX_TEMPO_BPM, MIN_TEMPO_BPM } from '../brief/read-tempo';
import { barRange, beatLengthTicks, endTick, meterAt, totalBars } from '../score/timeline';
import type { EditOf } from './edit';
import { stated, type SongState } from './song-state';

/** A new tempo; slowing down and speeding up within the song keep their proportions. */
export function setTempo({ brief, plan, score }: SongState, { tempoBpm }: EditOf<'set_tempo'>): SongState {
  const milliBpm = Math.round(tempoBpm * 1000);
  const first = score.tempos[0]?.milliBpm ?? milliBpm;
  const tempos = score.tempos.map((tempo) => {
    const scaled = Math.round((tempo.milliBpm * milliBpm) / first);
    return { ...tempo, milliBpm: Math.max(MIN_TEMPO_BPM * 1000, Math.min(MAX_TEMPO_BPM * 1000, scaled)) };
  });
  const before = brief.tempoMilliBpm.value;
  const form = brief.form.value.map((section) =>
    section.tempoMilliBpm === undefined
      ? section
      : { ...section, tempoMilliBpm: Math.round((section.tempoMilliBpm * milliBpm) / before) },
  );
  return {
    brief: { ...brief, tempoMilliBpm: stated(milliBpm), form: { ...brief.form, value: form } },
    plan,
    score: { ...score, tempos },
  };
}

/** A new title, without the space around it. */
export function setTitle({ brief, plan, score }: SongState, { title }: EditOf<'set_title'>): SongState {
  const text = title.trim();
  return { brief: { ...brief, title: stated(text) }, plan: { ...plan, title: text }, score: { ...score, title: text } };
}

/** A closing fade over the last bars, or none. @throws InputError for more bars than the song has. */
export function fadeOut(state: SongState, { bars }: EditOf<'fade_out'>, field: string): SongState {
  const { score } = state;
  const total = totalBars(score);
  if (bars > total) throw new InputError(`${field}.bars`, bars, `0 to ${total}, the bars of the song`);
  const fadeOutTicks = bars === 0 ? 0 : endTick(score) - barRange(score, total - bars, bars).startTick;
  return { ...state, score: { ...score, master: { ...score.master, fadeOutTicks } } };
}

/**
 * An ending on the first beat of the last bar: what begins there lasts a beat, what begins later goes, what rings in
 * ends there; no slowing down in the last two bars, no fade.
 */
export function hardEnding(state: SongState): SongState {
  const { score } = state;
  const last = barRange(score, totalBars(score) - 1, 1).startTick;
  const slowing = barRange(score, Math.max(0, totalBars(score) - 2), 0).startTick;
  const beat = beatLengthTicks(meterAt(score, last));
  // Played notes stand a little off the beat.
  const onBeat = last + Math.round(beat / 4);
  const tracks = score.tracks.map((track) => {
    const notes = track.notes
      .filter(({ startTick }) => startTick <= onBeat)
      .map((note) => {
        const until = note.startTick < last ? last : last + beat;
        return { ...note, durationTicks: Math.max(1, Math.min(note.durationTicks, until - note.startTick)) };
      });
    return { ...track, notes, controls: track.controls.filter(({ tick }) => tick <= last + beat) };
  });
  const tempos = score.tempos.filter(({ tick }) => tick === 0 || tick < slowing);
  return { ...state, score: { ...score, tempos, tracks, master: { ...score.master, fadeOutTicks: 0 } } };
}

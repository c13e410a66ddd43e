import type * as music from '@beatbot/music';
import type * as message from '../generated/beatbot/music/v1/brief';
import { provenanceNames, roleNames } from './enum-names';
import { required } from './required';
import { keyFromMessage, keyToMessage } from './score-mapping';

interface FieldMessage<T> {
  value: T;
  provenance: message.Provenance;
  spans: message.Span[];
}

function toField<T, M = T>(field: music.Field<T>, map: (value: T) => M): FieldMessage<M> {
  return { value: map(field.value), provenance: provenanceNames.toMessage(field.provenance), spans: field.spans };
}

function fromField<M, T>(
  field: FieldMessage<M | null | undefined> | null | undefined,
  name: string,
  map: (value: M) => T,
): music.Field<T> {
  const { value, provenance, spans } = required(field, `brief.${name}`);
  return {
    value: map(required(value, `brief.${name}.value`)),
    provenance: provenanceNames.fromMessage(provenance),
    spans,
  };
}

const same = <T>(value: T): T => value;

export function briefToMessage(brief: music.Brief): message.Brief {
  return {
    prompt: brief.prompt,
    title: toField(brief.title, same),
    style: toField(brief.style, same),
    blend: toField(brief.blend, same),
    moods: toField(brief.moods, same),
    key: toField(brief.key, keyToMessage),
    tempoMilliBpm: toField(brief.tempoMilliBpm, same),
    meter: toField(brief.meter, same),
    swingPercent: toField(brief.swingPercent, same),
    bars: toField(brief.bars, same),
    form: toField(brief.form, (sections) => sections.map(sectionDemandToMessage)),
    instruments: toField(brief.instruments, (demands) =>
      demands.map((demand) => ({ ...demand, role: roleNames.toMessage(demand.role) })),
    ),
    excluded: toField(brief.excluded, same),
    progression: toField(brief.progression, same),
    intensity: toField(brief.intensity, same),
    loop: toField(brief.loop, same),
    seed: toField(brief.seed, same),
    notUnderstood: brief.notUnderstood,
    contradictions: brief.contradictions,
  };
}

/** Throws a RangeError that names what is missing. */
export function briefFromMessage(brief: message.Brief): music.Brief {
  return {
    prompt: brief.prompt,
    title: fromField(brief.title, 'title', same),
    style: fromField(brief.style, 'style', same),
    blend: fromField(brief.blend, 'blend', same),
    moods: fromField(brief.moods, 'moods', same),
    key: fromField(brief.key, 'key', keyFromMessage),
    tempoMilliBpm: fromField(brief.tempoMilliBpm, 'tempoMilliBpm', same),
    meter: fromField(brief.meter, 'meter', same),
    swingPercent: fromField(brief.swingPercent, 'swingPercent', same),
    bars: fromField(brief.bars, 'bars', same),
    form: fromField(brief.form, 'form', (sections) => sections.map(sectionDemandFromMessage)),
    instruments: fromField(brief.instruments, 'instruments', (demands) =>
      demands.map((demand) => ({ ...demand, role: roleNames.fromMessage(demand.role) })),
    ),
    excluded: fromField(brief.excluded, 'excluded', same),
    progression: fromField(brief.progression, 'progression', same),
    intensity: fromField(brief.intensity, 'intensity', same),
    loop: fromField(brief.loop, 'loop', same),
    seed: fromField(brief.seed, 'seed', same),
    notUnderstood: brief.notUnderstood,
    contradictions: brief.contradictions,
  };
}

function sectionDemandToMessage(section: music.SectionDemand): message.SectionDemand {
  const { name, bars, key, meter, tempoMilliBpm, playing = [], silent = [], only = [] } = section;
  return { name, bars, key: key && keyToMessage(key), meter, tempoMilliBpm, playing, silent, only };
}

/** What a section is not asked for is absent. */
function sectionDemandFromMessage(section: message.SectionDemand): music.SectionDemand {
  const { name, bars, key, meter, tempoMilliBpm, playing, silent, only } = section;
  return {
    name,
    bars,
    ...(key && { key: keyFromMessage(key) }),
    ...(meter && { meter }),
    ...(tempoMilliBpm !== undefined && { tempoMilliBpm }),
    ...(playing.length > 0 && { playing }),
    ...(silent.length > 0 && { silent }),
    ...(only.length > 0 && { only }),
  };
}

export function planToMessage(plan: music.Plan): message.Plan {
  return { ...plan, tracks: plan.tracks.map((track) => ({ ...track, role: roleNames.toMessage(track.role) })) };
}

export function planFromMessage(plan: message.Plan): music.Plan {
  return { ...plan, tracks: plan.tracks.map((track) => ({ ...track, role: roleNames.fromMessage(track.role) })) };
}

/** A message without controls gives none. */
export function controlsFromMessage(controls: message.Controls | null | undefined): music.Controls {
  if (!controls) return {};
  const { title, style, key, tempoBpm, meter, bars, instruments, exclude, intensity } = controls;
  return {
    ...(title !== undefined && { title }),
    ...(style !== undefined && { style }),
    ...(key && { key: keyFromMessage(key) }),
    ...(tempoBpm !== undefined && { tempoBpm }),
    ...(meter && { meter }),
    ...(bars !== undefined && { bars }),
    ...(instruments.length > 0 && { instruments }),
    ...(exclude.length > 0 && { exclude }),
    ...(intensity !== undefined && { intensity }),
  };
}

export function controlsToMessage(controls: music.Controls): message.Controls {
  const { key, instruments, exclude, meter, ...rest } = controls;
  return {
    ...rest,
    key: key && keyToMessage(key),
    meter,
    instruments: instruments ?? [],
    exclude: exclude ?? [],
  };
}

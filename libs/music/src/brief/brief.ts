import type { Key, Meter, Role } from '../score/score';

/** Where a field of a Brief comes from. Fields given as controls beat the prompt and count as stated. */
export const PROVENANCES = ['stated', 'inferred', 'default'] as const;
export type Provenance = (typeof PROVENANCES)[number];

/** A stretch of the prompt: UTF-16 offsets, `end` exclusive, and the text itself. */
export interface Span {
  start: number;
  end: number;
  text: string;
}

/** A value of a Brief with its provenance. `spans` are the words it was stated by or inferred from; empty for defaults and controls. */
export interface Field<T> {
  value: T;
  provenance: Provenance;
  spans: Span[];
}

/** A section asked for: `name` is the kind (`intro`, `verse`, `chorus`, `bridge`, `a`, `b`, ...). */
export interface SectionDemand {
  name: string;
  bars: number;
  /** What is asked of this section apart from the song; absent where the song's own holds. */
  key?: Key;
  meter?: Pick<Meter, 'numerator' | 'denominator'>;
  /** Quarter notes per minute, times 1000. */
  tempoMilliBpm?: number;
  /** Roles and instrument ids that must play here. */
  playing?: string[];
  /** Roles and instrument ids that must not sound here. */
  silent?: string[];
  /** Roles and instrument ids that play here alone. */
  only?: string[];
}

/** An instrument asked for. `standIn` is true where the catalogue has only a relative of what was asked. */
export interface InstrumentDemand {
  instrument: string;
  role: Role;
  asked: string;
  standIn: boolean;
}

/** Two demands that cannot both be met, and the choice made. */
export interface Contradiction {
  field: string;
  asked: string[];
  chosen: string;
}

/** The structured reading of a prompt. */
export interface Brief {
  prompt: string;
  title: Field<string>;
  /** Id of a style. */
  style: Field<string>;
  /** Further styles to blend in ("jazzy trap"). */
  blend: Field<string[]>;
  /** Moods, textures and eras as the prompt words them (`dusty`, `laid back`, `80s`, `half time`). */
  moods: Field<string[]>;
  key: Field<Key>;
  /** Quarter notes per minute, times 1000. */
  tempoMilliBpm: Field<number>;
  meter: Field<Pick<Meter, 'numerator' | 'denominator'>>;
  /** Share of a beat that its first half takes, in percent: 50 straight, 67 triplet swing. */
  swingPercent: Field<number>;
  bars: Field<number>;
  /** Empty where the producer is free. */
  form: Field<SectionDemand[]>;
  instruments: Field<InstrumentDemand[]>;
  /** Roles and instrument ids that must not sound ("no drums"). */
  excluded: Field<string[]>;
  /** Roman numerals or chord symbols, one a bar, to repeat; empty where harmony is free. */
  progression: Field<string[]>;
  /** 0 (sparse, calm) to 100 (dense, intense). */
  intensity: Field<number>;
  /** True for a loop: its end joins its beginning. */
  loop: Field<boolean>;
  /** 0 to 2^32-1. */
  seed: Field<number>;
  /** What of the prompt no rule understood. */
  notUnderstood: Span[];
  contradictions: Contradiction[];
}

/** Fields given beside the prompt; each beats what the prompt says. */
export interface Controls {
  title?: string;
  style?: string;
  key?: Key;
  tempoBpm?: number;
  meter?: Pick<Meter, 'numerator' | 'denominator'>;
  bars?: number;
  instruments?: string[];
  exclude?: string[];
  intensity?: number;
}

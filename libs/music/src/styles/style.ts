import { z } from 'zod';
import { DRUM_KEYS, type DrumKeyName } from '../instruments/drum-key';
import { MODES, ROLES } from '../score/score';
import { barSteps } from '../theory/meter-grid';

/*
 * Figures are grids of one sign a sixteenth note, one, two or four bars long. One that names its `meter` is played in
 * that meter alone and has its bars; the others are written in four-four (16 signs a bar) and adapted by `stepSources`.
 */

/**
 * Drums: `X` accent, `x` hit, `g` ghost note, always; `o` hit in half the bars, `h` ghost in half, `?` hit in one bar of
 * five; `.` nothing.
 */
export const DRUM_SIGNS: Readonly<Record<string, { level: number; percent: number }>> = {
  X: { level: 116, percent: 100 },
  x: { level: 94, percent: 100 },
  g: { level: 42, percent: 100 },
  o: { level: 86, percent: 50 },
  h: { level: 38, percent: 50 },
  '?': { level: 80, percent: 20 },
};

const signs = (allowed: string) =>
  z.string().regex(new RegExp(`^[${allowed}]+$`), `signs of ${[...allowed].join(' ')}`);
const drumGrid = signs('Xxgoh?.');
/**
 * `R` root, `3` third, `5` fifth, `7` seventh, `8` octave, `T` the key's tonic as a pedal, `n` the next chord's root ahead
 * of time, `w` a walking tone, `a` chromatic and `d` scale approach to the next chord, `-` hold (at the start of a bar: of
 * the bar before), `.` rest.
 */
const bassGrid = signs('R3578Tnwad.-');
/** `X` accented chord, `x` chord, `g` soft chord, `1`-`6` the voice of that number from below (beyond the top one: from below again), `-` hold, `.` rest. */
const compGrid = signs('Xxg1-6.-');
/** `x` a note begins, `-` hold, `.` rest. */
const rhythmCell = signs('x.-');

const energyRange = z.tuple([z.number().int().min(0).max(100), z.number().int().min(0).max(100)]);
const weight = z.number().positive();
const percent = z.number().min(0).max(100);
const pitch = z.number().int().min(0).max(127);
const bpm = z.number().min(20).max(400);
const role = z.enum(ROLES);
const drumKey = z.enum(Object.keys(DRUM_KEYS) as [DrumKeyName, ...DrumKeyName[]]);

/** What all figures share. */
const part = {
  /** Energies of sections it suits. */
  energy: energyRange.default([0, 100]),
  weight: weight.default(1),
  /** `3/4`: written in that meter and for it alone, in the place of those for any. */
  meter: z
    .string()
    .regex(/^\d+\/(2|4|8|16)$/, 'a meter such as 3/4')
    .optional(),
  /** Kinds of section it is meant for, in the place of those for any. */
  sections: z.array(z.string()).optional(),
};

/** Steps of a bar of a figure. */
export function figureSteps(meter: string | undefined): number {
  const [numerator = 4, denominator = 4] = (meter ?? '4/4').split('/').map(Number);
  return barSteps({ numerator, denominator });
}

/** Whether grids last one, two or four bars of their meter; cells of a melody one. */
function wholeBars(grids: readonly (string | undefined)[], meter: string | undefined, bars = [1, 2, 4]): boolean {
  const lengths = bars.map((count) => count * figureSteps(meter));
  return grids.every((grid) => grid === undefined || lengths.includes(grid.length));
}

const WHOLE_BARS = 'one, two or four whole bars';

const progression = z.strictObject({
  tonality: z.enum(['major', 'minor']),
  /** Modes it is written for; without them it serves the tonality, and modes other than major and minor make it diatonic. */
  modes: z.array(z.enum(MODES)).optional(),
  /** Kinds of section it is meant for; without them, any. */
  sections: z.array(z.string()).optional(),
  /** Roman numerals, bars parted by `|`, chords within a bar by spaces. */
  chords: z.string().min(1),
  weight,
});

const lines = z.partialRecord(drumKey, drumGrid);
const drumPart = z
  .strictObject({ ...part, lines })
  .refine(({ meter, lines: grids }) => wholeBars(Object.values(grids), meter), WHOLE_BARS);
const cellPart = z
  .strictObject({ ...part, cell: rhythmCell })
  .refine(({ meter, cell }) => wholeBars([cell], meter, [1]), 'one whole bar');

/** A scale with a name of its own that melodies use in a mode, in the place of the mode's. */
const scale = z.strictObject({
  name: z.string(),
  /** The mode of the keys in which it stands. */
  mode: z.enum(MODES),
  weight: weight.default(1),
  /** Semitones above the tonic, upwards from 0. */
  degrees: z.array(z.number().int().min(0).max(11)).min(4),
  /** Cents by which degrees (named by their semitones) are tuned away from equal temperament. */
  cents: z.array(z.tuple([z.number().int().min(0).max(11), z.number().int().min(-100).max(100)])).default([]),
  /** Degrees on which a line may rest whatever chord lies under it. */
  rests: z.array(z.number().int().min(0).max(11)).default([]),
});

/** How a note is adorned, as steps of the scale away from it, quick ones before the one that stays. */
export const ORNAMENTS = {
  /** One quick note from above, or from below. */
  cut: [1, 0],
  'grace-below': [-1, 0],
  mordent: [0, -1, 0],
  'upper-mordent': [0, 1, 0],
  turn: [1, 0, -1, 0],
  /** The Irish long roll. */
  roll: [0, 1, 0, -1, 0],
  trill: [0, 1, 0, 1, 0, 1, 0, 1, 0],
} as const;
export type OrnamentKind = keyof typeof ORNAMENTS;

const bandMember = z.strictObject({
  role,
  /** The first is usual; the others serve where it is excluded, or for variety. */
  instruments: z.array(z.string()).min(1),
  /** It plays in sections whose energy lies in this range. */
  energy: energyRange.default([0, 100]),
  /** How often it belongs to the band at all. */
  percent: percent.default(100),
});

const roleMix = z.strictObject({
  gainCentibels: z.number().int().min(-600).max(120),
  pan: z.number().int().min(-100).max(100),
  reverbSend: z.number().int().min(0).max(127),
  delaySend: z.number().int().min(0).max(127),
  chorusSend: z.number().int().min(0).max(127),
});

/** What makes a genre sound like itself. */
export const styleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  name: z.string(),
  /** One line. */
  description: z.string(),
  /** Other names people use, lower case. */
  aliases: z.array(z.string()),
  /** Where its facts come from. */
  sources: z.array(z.string()).min(1),
  /** Beats a minute of the felt quarter note. */
  tempoBpm: z.strictObject({ lowest: bpm, highest: bpm, default: bpm }),
  meters: z.array(z.strictObject({ numerator: z.number().int(), denominator: z.number().int(), weight })).min(1),
  /** `percent` of a pair of eighths or sixteenths that the first one takes. */
  swing: z.strictObject({ percent: z.number().min(50).max(75), unit: z.enum(['eighth', 'sixteenth']) }),
  modes: z.array(z.strictObject({ mode: z.enum(MODES), weight })).min(1),
  defaultKey: z.strictObject({ tonic: z.string(), mode: z.enum(MODES) }),
  /** Scales of its own by mode; where a mode has none, melodies use the mode. */
  scales: z.array(scale).default([]),
  defaultBars: z.number().int().positive(),
  /** Bars that sections consist of whole multiples of, as far as there is room (12 in the blues). */
  unitBars: z.number().int().positive().default(4),
  /** Forms to scale to the number of bars asked for; energy 0 to 100. */
  forms: z
    .array(
      z
        .array(
          z.strictObject({
            name: z.string(),
            bars: z.number().int().positive(),
            energy: z.number().int().min(0).max(100),
          }),
        )
        .min(1),
    )
    .min(1),
  harmony: z.strictObject({
    progressions: z.array(progression).min(1),
    /** The last bars of a song, its tonic included; bars parted by `|`. */
    cadences: z.strictObject({
      major: z.string(),
      minor: z.string(),
      dorian: z.string().optional(),
      phrygian: z.string().optional(),
      lydian: z.string().optional(),
      mixolydian: z.string().optional(),
      locrian: z.string().optional(),
    }),
    /** Whether parts may move in parallel fifths and octaves; where they may not, the parts are led around them. */
    parallels: z.enum(['free', 'avoided']).default('free'),
    /** How often the last half bar of a section leads on by a dominant. */
    turnaroundPercent: percent,
    /** How often a chord that lasts a bar gives its second half to the dominant of the next one, or to that dominant's tritone substitute. */
    secondaryDominantPercent: percent,
    tritoneSubstitutePercent: percent,
  }),
  band: z.array(bandMember).min(1),
  drums: z.strictObject({
    grids: z.array(drumPart),
    /** What takes the last beats before a new section: played from the first step that any line fills. */
    fills: z.array(drumPart),
    /** Whether a crash cymbal marks a section that is louder than the one before. */
    crash: z.boolean(),
    /** Ticks (480 to the quarter) that back-beats come late, and the widest random shift of any hit. */
    backbeatLateTicks: z.number().int().min(0).max(40),
    looseTicks: z.number().int().min(0).max(12),
  }),
  /** Grids of pitched or hand percussion (timpani, taiko, shaker), in the drum signs; `lines` where a kit plays an ensemble. */
  percussion: z.array(
    z
      .strictObject({ ...part, grid: drumGrid, lines: lines.optional() })
      .refine(({ meter, grid, lines: more }) => wholeBars([grid, ...Object.values(more ?? {})], meter), WHOLE_BARS),
  ),
  bass: z.strictObject({
    lowest: pitch,
    highest: pitch,
    figures: z
      .array(
        z.strictObject({ ...part, grid: bassGrid }).refine(({ meter, grid }) => wholeBars([grid], meter), WHOLE_BARS),
      )
      .min(1),
    /** How often a kick that falls into a hold or a rest of the figure is doubled by the root. */
    kickLockPercent: percent,
    /** Share of its written length that a note sounds. */
    gatePercent: z.number().min(20).max(100),
    /** How often a note that joins the one before is reached from it by a glide of the pitch. */
    glidePercent: percent.default(0),
  }),
  comping: z.strictObject({
    lowest: pitch,
    highest: pitch,
    voices: z.number().int().min(1).max(6),
    /** Leave the root to the bass where the chord has four tones or more. */
    rootless: z.boolean(),
    figures: z
      .array(
        z
          .strictObject({ ...part, grid: compGrid, gatePercent: z.number().min(10).max(100).default(90) })
          .refine(({ meter, grid }) => wholeBars([grid], meter), WHOLE_BARS),
      )
      .min(1),
    /** How often a chord on the last off-beat before a change already is the next chord. */
    anticipatePercent: percent,
  }),
  pad: z.strictObject({
    lowest: pitch,
    highest: pitch,
    voices: z.number().int().min(1).max(6),
    /** `hold` for the length of the chord, `pulse` anew on every beat, `swell` held and swelling in the middle, `pump` held and ducked on every beat, `drone` the key's tonic and fifth whatever the chord. */
    motion: z.enum(['hold', 'pulse', 'swell', 'pump', 'drone']),
  }),
  melody: z.strictObject({
    lowest: pitch,
    highest: pitch,
    /** Rhythms of one bar out of which motifs are made. */
    cells: z.array(cellPart).min(1),
    /** Rhythms of the bar that closes a phrase. */
    closes: z.array(cellPart).min(1),
    /** Bars of a motif with their weights. */
    motifBars: z.array(z.strictObject({ bars: z.number().int().min(1).max(2), weight })).min(1),
    /** How often a bar inside a phrase is left to the others. */
    restPercent: percent,
    /** Weights of repeated notes, steps, thirds and leaps (fourths to sixths). */
    intervals: z.strictObject({ repeat: weight, step: weight, third: weight, leap: weight }),
    /** How often a note on a beat is a chord tone. */
    chordTonePercent: percent,
    /** How much of its written length a note sounds. */
    gatePercent: z.number().min(20).max(100),
    /** How often each ornament adorns a note that is long enough. */
    ornaments: z
      .array(z.strictObject({ kind: z.enum(Object.keys(ORNAMENTS) as [OrnamentKind, ...OrnamentKind[]]), percent }))
      .default([]),
    /** How often a note is reached by a slide of the pitch from below. */
    slidePercent: percent.default(0),
    /**
     * The second voice: short answers in the lead's pauses, guide tones of the chords, thirds below the lead, the same
     * line in another register (heterophony), the line again a bar later (imitation), or notes between its notes.
     */
    counter: z.enum(['answer', 'guide-tones', 'thirds', 'heterophony', 'imitation', 'interlock']),
  }),
  mix: z.partialRecord(role, roleMix),
  ending: z.enum(['ritardando', 'hit', 'ring', 'fade']),
});

export type Style = z.output<typeof styleSchema>;
/** A style as its file writes it. */
export type StyleData = z.input<typeof styleSchema>;

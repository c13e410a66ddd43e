import { z } from 'zod';
import { DRUM_KEYS, type DrumKeyName } from '../instruments/drum-key';
import { MODES, ROLES } from '../score/score';

/**
 * Signs of a grid, one character a sixteenth note, 16 a bar; 32 make a figure of two bars. Adapted to other meters by
 * `stepSources`.
 *
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

const drumGrid = z.string().regex(/^([Xxgoh?.]{16}){1,2}$/, '16 or 32 signs of X x g o h ? .');
/** `R` root, `3` third, `5` fifth, `7` seventh, `8` octave, `w` a walking tone, `a` chromatic and `d` scale approach to the next chord, `-` hold, `.` rest. */
const bassGrid = z.string().regex(/^([R3578wad.-]{16}){1,2}$/, '16 or 32 signs of R 3 5 7 8 w a d - .');
/** `X` accented chord, `x` chord, `g` soft chord, `1`-`6` the voice of that number from below (beyond the top one: from below again), `-` hold, `.` rest. */
const compGrid = z.string().regex(/^([Xxg1-6.-]{16}){1,2}$/, '16 or 32 signs of X x g 1-6 - .');
/** `x` a note begins, `-` hold, `.` rest. */
const rhythmCell = z.string().regex(/^[x.-]{16}$/, '16 signs of x - .');

const energyRange = z.tuple([z.number().int().min(0).max(100), z.number().int().min(0).max(100)]);
const weight = z.number().positive();
const percent = z.number().min(0).max(100);
const pitch = z.number().int().min(0).max(127);
const bpm = z.number().min(20).max(400);
const role = z.enum(ROLES);
const drumKey = z.enum(Object.keys(DRUM_KEYS) as [DrumKeyName, ...DrumKeyName[]]);

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

const drumPart = z.strictObject({ energy: energyRange, weight, lines: z.partialRecord(drumKey, drumGrid) });

const bandMember = z.strictObject({
  role,
  /** The first is usual; the others serve where it is excluded, or for variety. */
  instruments: z.array(z.string()).min(1),
  /** It plays in sections whose energy lies in this range. */
  energy: energyRange,
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
  defaultBars: z.number().int().positive(),
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
    cadences: z.strictObject({ major: z.string(), minor: z.string() }),
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
  /** Grids of pitched or hand percussion (timpani, taiko, shaker), in the drum signs. */
  percussion: z.array(z.strictObject({ energy: energyRange, weight, grid: drumGrid })),
  bass: z.strictObject({
    lowest: pitch,
    highest: pitch,
    figures: z.array(z.strictObject({ energy: energyRange, weight, grid: bassGrid })).min(1),
    /** How often a kick that falls into a hold or a rest of the figure is doubled by the root. */
    kickLockPercent: percent,
    /** Share of its written length that a note sounds. */
    gatePercent: z.number().min(20).max(100),
  }),
  comping: z.strictObject({
    lowest: pitch,
    highest: pitch,
    voices: z.number().int().min(1).max(6),
    /** Leave the root to the bass where the chord has four tones or more. */
    rootless: z.boolean(),
    figures: z
      .array(z.strictObject({ energy: energyRange, weight, grid: compGrid, gatePercent: z.number().min(10).max(100) }))
      .min(1),
    /** How often a chord on the last off-beat before a change already is the next chord. */
    anticipatePercent: percent,
  }),
  pad: z.strictObject({
    lowest: pitch,
    highest: pitch,
    voices: z.number().int().min(1).max(6),
    /** `hold` for the length of the chord, `pulse` anew on every beat, `swell` held and swelling in the middle, `pump` held and ducked on every beat. */
    motion: z.enum(['hold', 'pulse', 'swell', 'pump']),
  }),
  melody: z.strictObject({
    lowest: pitch,
    highest: pitch,
    /** Rhythms of one bar out of which motifs are made. */
    cells: z.array(z.strictObject({ cell: rhythmCell, energy: energyRange, weight })).min(1),
    /** Rhythms of the bar that closes a phrase. */
    closes: z.array(rhythmCell).min(1),
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
    counter: z.enum(['answer', 'guide-tones', 'thirds']),
  }),
  mix: z.partialRecord(role, roleMix),
  ending: z.enum(['ritardando', 'hit', 'ring', 'fade']),
});

export type Style = z.output<typeof styleSchema>;
/** A style as its file writes it. */
export type StyleData = z.input<typeof styleSchema>;

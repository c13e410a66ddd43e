import type { EditInput } from '../../edits/edit';
import { trackOf } from '../../edits/testing/edited-song';
import { SONG } from './instructed-song';

const rework = (type: 'simplify' | 'intensify' | 'humanise' | 'revoice' | 'regenerate') => (scope: object) =>
  ({ type, ...scope }) as EditInput;
const [simplify, intensify, humanise, revoice, regenerate] = (
  ['simplify', 'intensify', 'humanise', 'revoice', 'regenerate'] as const
).map(rework) as [Rework, Rework, Rework, Rework, Rework];
type Rework = (scope: object) => EditInput;
const section = (sectionId: string) => ({ sectionId });
const track = (trackId: string) => ({ trackId });
const bars = (fromBar: number, toBar: number) => ({ fromBar, toBar });
const transpose = (semitones: number): EditInput => ({ type: 'transpose', semitones });
const tempo = (tempoBpm: number): EditInput => ({ type: 'set_tempo', tempoBpm });
const key = (tonic: string, mode: 'major' | 'minor' | 'dorian' | 'lydian'): EditInput => ({
  type: 'set_key',
  key: { tonic, mode },
});
const mute = (trackId: string, muted = true): EditInput => ({ type: 'mute_track', trackId, muted });
const remove = (trackId: string, scope: object = {}): EditInput => ({ type: 'remove_track', trackId, ...scope });
const replace = (trackId: string, instrument: string): EditInput => ({
  type: 'replace_instrument',
  trackId,
  instrument,
});
const add = (
  role: 'pad' | 'lead' | 'chords' | 'percussion' | 'bass',
  instrument: string,
  sectionIds?: string[],
): EditInput => ({
  type: 'add_track',
  role,
  instrument,
  ...(sectionIds ? { sectionIds } : {}),
});
const style = (id: string): EditInput => ({ type: 'set_style', style: id });
const feel = (name: 'straight' | 'swing' | 'shuffle' | 'half_time' | 'double_time'): EditInput => ({
  type: 'set_feel',
  feel: name,
});
const meter = (numerator: number, denominator: 2 | 4 | 8 | 16): EditInput => ({
  type: 'set_meter',
  numerator,
  denominator,
});
const insert = (name: string, length: number, afterSectionId?: string): EditInput => ({
  type: 'insert_section',
  name,
  bars: length,
  ...(afterSectionId ? { afterSectionId } : {}),
});
const resize = (sectionId: string, length: number): EditInput => ({ type: 'resize_section', sectionId, bars: length });
const gain = (trackId: string, by: number): EditInput => ({
  type: 'set_mix',
  trackId,
  gainCentibels: trackOf(SONG.score, trackId).mix.gainCentibels + by,
});
const title = (text: string): EditInput => ({ type: 'set_title', title: text });

/** Instructions with the edits that a musician would take them for in the song of `instructed-song`. */
export const INSTRUCTIONS: readonly (readonly [instruction: string, edits: EditInput[]])[] = [
  // What the design names
  ['make the second chorus bigger and drop the drums in bars 9-12', [intensify(section('chorus-2')), remove('drums', bars(8, 12))]],
  ['transpose up a tone', [transpose(2)]],
  ['swap the piano for a Rhodes', [replace('chords', 'electric-piano-1')]],
  ['slower', [tempo(90)]],
  ['add strings in the outro', [add('pad', 'string-ensemble-1', ['outro-1'])]],
  // Pitch
  ['transpose down 3 semitones', [transpose(-3)]],
  ['Transpose it up by a minor third, please.', [transpose(3)]],
  ['an octave lower', [transpose(-12)]],
  ['up a fifth', [transpose(7)]],
  ['move everything up two semitones', [transpose(2)]],
  ['shift the song down a half step', [transpose(-1)]],
  ['could you raise the key by a whole step', [transpose(2)]],
  ['pitch it up 5 semitones', [transpose(5)]],
  ['change the key to G minor', [key('G', 'minor')]],
  ['put it in E flat major', [key('Eb', 'major')]],
  ['make it minor', [key('C', 'minor')]],
  ['in D dorian', [key('D', 'dorian')]],
  ['set the key to A', [key('A', 'major')]],
  // Tempo
  ['a bit slower', [tempo(95)]],
  ['make it much slower', [tempo(80)]],
  ['faster', [tempo(111.1)]],
  ['a little faster', [tempo(105.3)]],
  ['speed it up', [tempo(111.1)]],
  ['slow it down a bit', [tempo(95)]],
  ['set the tempo to 84', [tempo(84)]],
  ['tempo 128 bpm', [tempo(128)]],
  ['92 bpm', [tempo(92)]],
  ['10 bpm faster', [tempo(110)]],
  ['slow down by 5 bpm', [tempo(95)]],
  ['make it 20% faster', [tempo(120)]],
  ['double the tempo', [tempo(200)]],
  ['half as fast', [tempo(50)]],
  ['change the tempo to 140 BPM and transpose down a tone', [tempo(140), transpose(-2)]],
  // Meter and feel
  ['change the meter to 3/4', [meter(3, 4)]],
  ['in 6/8', [meter(6, 8)]],
  ['put it in 7/8 time', [meter(7, 8)]],
  ['swing it', [feel('swing')]],
  ['give it a shuffle feel', [feel('shuffle')]],
  ['make it straight', [feel('straight')]],
  ['half-time feel', [feel('half_time')]],
  ['play it in double time', [feel('double_time')]],
  // Style
  ['make it reggae', [style('reggae')]],
  ['turn it into a bossa nova', [style('bossa-nova')]],
  ['change the genre to techno', [style('techno')]],
  ['as drum and bass', [style('drum-and-bass')]],
  // Instruments
  ['replace the flute with a clarinet', [replace('lead', 'clarinet')]],
  ['use a trumpet instead of the flute', [replace('lead', 'trumpet')]],
  ['play the melody on violin', [replace('lead', 'violin')]],
  ['give the melody to the oboe', [replace('lead', 'oboe')]],
  ['change the piano to an organ', [replace('chords', 'drawbar-organ')]],
  ['make the lead a trumpet', [replace('lead', 'trumpet')]],
  ['swap bass for upright bass', [replace('bass', 'acoustic-bass')]],
  ['add a cello', [add('lead', 'cello')]],
  ['add strings and brass', [add('pad', 'string-ensemble-1'), add('chords', 'brass-section')]],
  ['bring in a choir in the second chorus', [add('pad', 'choir-aahs', ['chorus-2'])]],
  ['in the choruses, add strings', [add('pad', 'string-ensemble-1', ['chorus-1', 'chorus-2'])]],
  ['add marimba to the verses', [add('lead', 'marimba', ['verse-1', 'verse-2'])]],
  ['remove the piano', [remove('chords')]],
  ['no drums', [remove('drums')]],
  ['take out the flute', [remove('lead')]],
  ['get rid of the pad', [remove('pad')]],
  ['take the drums out', [remove('drums')]],
  ['lose the bass in the intro', [remove('bass', section('intro-1'))]],
  ['no drums in the intro and the outro', [remove('drums', section('intro-1')), remove('drums', section('outro-1'))]],
  ['cut the drums and bass in the first 4 bars', [remove('drums', bars(0, 4)), remove('bass', bars(0, 4))]],
  ['remove the flute from bar 5', [remove('lead', bars(4, 5))]],
  ['drop the melody in bars 33 to the end', [remove('lead', bars(32, 40))]],
  ['mute the bass', [mute('bass')]],
  ['mute drums, bass and piano', [mute('drums'), mute('bass'), mute('chords')]],
  ['unmute the drums', [mute('drums', false)]],
  ['turn off the pad', [mute('pad')]],
  ['mute the drums in the last verse', [remove('drums', section('verse-2'))]],
  // Working over
  ['make the chorus bigger', [intensify(section('chorus-1')), intensify(section('chorus-2'))]],
  ['make the last chorus more intense', [intensify(section('chorus-2'))]],
  ['intensify bars 17 to 20', [intensify(bars(16, 20))]],
  ['make it bigger', [intensify({})]],
  ['busier drums', [intensify(track('drums'))]],
  ['make the drums busier in the second verse', [intensify({ ...track('drums'), ...section('verse-2') })]],
  ['simplify the bass', [simplify(track('bass'))]],
  ['simpler', [simplify({})]],
  ['make the first verse sparser', [simplify(section('verse-1'))]],
  ['make the verses calmer and the choruses bigger', [simplify(section('verse-1')), simplify(section('verse-2')), intensify(section('chorus-1')), intensify(section('chorus-2'))]],
  ['simplify the drums in bars 5-8', [simplify({ ...track('drums'), ...bars(4, 8) })]],
  ['humanise the drums', [humanise(track('drums'))]],
  ['make the piano less robotic', [humanise(track('chords'))]],
  ['humanize it', [humanise({})]],
  ['revoice the piano', [revoice(track('chords'))]],
  ['revoice the pad in the intro', [revoice({ ...track('pad'), ...section('intro-1') })]],
  ['reharmonize the second verse', [{ type: 'reharmonise', ...section('verse-2') }]],
  ['different chords in the outro', [{ type: 'reharmonise', ...section('outro-1') }]],
  ['new chords', [{ type: 'reharmonise' }]],
  ['regenerate the bass', [regenerate(track('bass'))]],
  ['write a new melody in the first verse', [regenerate({ ...track('lead'), ...section('verse-1') })]],
  ['redo the second chorus', [regenerate(section('chorus-2'))]],
  ['another bass line', [regenerate(track('bass'))]],
  ['regenerate the drums in bars 13-16', [regenerate({ ...track('drums'), ...bars(12, 16) })]],
  ['try a different melody', [regenerate(track('lead'))]],
  ['something different for the intro', [regenerate(section('intro-1'))]],
  // Form
  ['repeat the last chorus', [{ type: 'repeat_section', sectionId: 'chorus-2', times: 1 }]],
  ['play the outro twice', [{ type: 'repeat_section', sectionId: 'outro-1', times: 1 }]],
  ['repeat the intro 3 times', [{ type: 'repeat_section', sectionId: 'intro-1', times: 3 }]],
  ['remove the second verse', [{ type: 'remove_section', sectionId: 'verse-2' }]],
  ['delete the intro', [{ type: 'remove_section', sectionId: 'intro-1' }]],
  ['add a bridge after the second chorus', [insert('bridge', 4, 'chorus-2')]],
  ['insert an 8 bar bridge before the last chorus', [insert('bridge', 8, 'verse-2')]],
  ['add a coda at the end', [insert('coda', 4, 'outro-1')]],
  ['extend the intro to 8 bars', [resize('intro-1', 8)]],
  ['extend the outro by 4 bars', [resize('outro-1', 8)]],
  ['shorten the second verse to 4 bars', [resize('verse-2', 4)]],
  ['make the intro longer', [resize('intro-1', 6)]],
  ['make the first verse shorter', [resize('verse-1', 4)]],
  ['make chorus 2 16 bars long', [resize('chorus-2', 16)]],
  ['move the second verse after the intro', [{ type: 'move_section', sectionId: 'verse-2', afterSectionId: 'intro-1' }]],
  ['move the last chorus to the beginning', [{ type: 'move_section', sectionId: 'chorus-2' }]],
  ['put the intro before the outro', [{ type: 'move_section', sectionId: 'intro-1', afterSectionId: 'chorus-2' }]],
  // Mix
  ['make the bass louder', [gain('bass', 30)]],
  ['turn down the drums by 3 dB', [gain('drums', -30)]],
  ['make the flute a bit louder', [gain('lead', 15)]],
  ['much less bass', [gain('bass', -60)]],
  ['quieter piano', [gain('chords', -30)]],
  ['pan the piano left', [{ type: 'set_mix', trackId: 'chords', pan: -50 }]],
  ['pan the flute hard right', [{ type: 'set_mix', trackId: 'lead', pan: 100 }]],
  ['no reverb on the drums', [{ type: 'set_mix', trackId: 'drums', reverbSend: 0 }]],
  // Ending and title
  ['fade out', [{ type: 'fade_out', bars: 4 }]],
  ['fade out over the last 8 bars', [{ type: 'fade_out', bars: 8 }]],
  ['no fade', [{ type: 'fade_out', bars: 0 }]],
  ['hard ending', [{ type: 'hard_ending' }]],
  ['end abruptly', [{ type: 'hard_ending' }]],
  ['call it "Night Bus"', [title('Night Bus')]],
  ['rename the song to Rainy Day', [title('Rainy Day')]],
  ['set the title to Blue in Green', [title('Blue in Green')]],
  // Several
  ['Make it faster, add a trumpet, and end it hard.', [tempo(111.1), add('lead', 'trumpet'), { type: 'hard_ending' }]],
  ['please lower it by a semitone; then remove the pad', [transpose(-1), remove('pad')]],
]; // prettier-ignore

import type { DrumKeyName } from '../instruments/drum-key';
import { drumKeyName } from '../instruments/drum-key';

/** Where a percussion key stands on the staff, as if in treble clef, and with which head. */
export interface PercussionPlace {
  step: string;
  octave: number;
  notehead: 'normal' | 'x' | 'circle-x' | 'triangle' | 'diamond' | 'slash';
}

/** Drum-set notation after N. Weinberg, Guidelines for Drumset Notation (Percussive Notes, June 1994); hand percussion by height. */
const PLACES: Partial<Record<DrumKeyName, string>> = {
  'acoustic-kick': 'E4',
  kick: 'F4',
  'side-stick': 'C5 x',
  snare: 'C5',
  clap: 'C5 slash',
  'electric-snare': 'C5 diamond',
  'low-floor-tom': 'G4',
  'high-floor-tom': 'A4',
  'low-tom': 'B4',
  'low-mid-tom': 'D5',
  'high-mid-tom': 'E5',
  'high-tom': 'F5',
  'closed-hi-hat': 'G5 x',
  'pedal-hi-hat': 'D4 x',
  'open-hi-hat': 'G5 circle-x',
  crash: 'A5 x',
  'crash-2': 'B5 x',
  china: 'C6 x',
  splash: 'B5 diamond',
  ride: 'F5 x',
  'ride-2': 'E5 x',
  'ride-bell': 'F5 diamond',
  tambourine: 'B5 triangle',
  cowbell: 'E5 triangle',
  'open-triangle': 'G5 triangle',
  'muted-triangle': 'G5 diamond',
  'low-bongo': 'D5',
  'high-bongo': 'E5',
  'low-conga': 'A4',
  'open-high-conga': 'B4',
  'muted-high-conga': 'B4 x',
  'low-timbale': 'D5',
  'high-timbale': 'E5',
  'low-agogo': 'D5 triangle',
  'high-agogo': 'F5 triangle',
  'low-wood-block': 'D5 triangle',
  'high-wood-block': 'E5 triangle',
  'open-surdo': 'F4',
  'muted-surdo': 'F4 x',
};

/** Staff place of a General MIDI percussion key; keys without a place of their own stand on the middle line with a cross. */
export function percussionPlace(key: number): PercussionPlace {
  const name = drumKeyName(key);
  const [position = 'B4', notehead = 'normal'] = ((name && PLACES[name]) ?? 'B4 x').split(' ');
  return {
    step: position.charAt(0),
    octave: Number(position.charAt(1)),
    notehead: notehead as PercussionPlace['notehead'],
  };
}

import type { MelodicRow } from './melodic-instruments';

/** A synthesised instrument with the General MIDI instrument that stands in for it in MIDI and sheet music, and gives it its family and range. */
export type SynthRow = readonly [
  id: string,
  name: string,
  standIn: MelodicRow[0],
  voices: 'poly' | 'line',
  aliases: readonly string[],
];

/** Sounds that General MIDI has only relatives of; the renderer synthesises them. */
// prettier-ignore
export const SYNTH_ROWS: readonly SynthRow[] = [
  ['supersaw-lead', 'Supersaw Lead', 'lead-2-sawtooth', 'poly', ['supersaw', 'super saw', 'supersaw synth', 'trance lead', 'super saw lead', 'hypersaw', 'edm lead']],
  ['mono-saw-lead', 'Mono Saw Lead', 'lead-2-sawtooth', 'line', ['analog lead', 'mono lead', 'mono synth', 'monosynth', 'moog lead']],
  ['pulse-lead', 'Pulse Lead', 'lead-1-square', 'poly', ['pwm lead', 'pwm synth', 'pulse width lead']],
  ['hoover-lead', 'Hoover Lead', 'lead-7-fifths', 'line', ['hoover', 'hoover synth', 'rave hoover']],
  ['fm-lead', 'FM Lead', 'lead-1-square', 'poly', ['fm synth', 'fm synth lead']],
  ['analog-warm-pad', 'Analog Warm Pad', 'pad-2-warm', 'poly', ['analog pad', 'analogue pad']],
  ['supersaw-pad', 'Supersaw Pad', 'pad-3-polysynth', 'poly', ['supersaw chords', 'trance pad', 'saw pad', 'super saw pad', 'super saw chords']],
  ['string-machine', 'String Machine', 'synth-strings-1', 'poly', ['solina', 'solina strings']],
  ['glass-fm-pad', 'Glass FM Pad', 'pad-1-new-age', 'poly', ['fm pad']],
  ['filter-sweep-pad', 'Filter Sweep Pad', 'pad-8-sweep', 'poly', ['filter pad', 'filter sweep', 'resonant pad']],
  ['dark-drone-pad', 'Dark Drone Pad', 'fx-6-goblins', 'poly', ['dark drone', 'dark synth pad']],
  ['808-bass', '808 Bass', 'synth-bass-2', 'line', ['808 sub', '808 sub bass', '808 bassline', 'gliding 808', 'sliding 808', 'sliding 808s']],
  ['sub-bass', 'Sub Bass', 'synth-bass-2', 'line', ['sub', 'sine bass', 'sub bassline']],
  ['acid-bass', 'Acid Bass', 'synth-bass-1', 'line', ['tb-303', 'tb303', '303', 'acid bassline', '303 bass', '303 bassline', 'acid line']],
  ['reese-bass', 'Reese Bass', 'synth-bass-1', 'line', ['reese', 'neuro bass']],
  ['wobble-bass', 'Wobble Bass', 'synth-bass-1', 'line', ['wobble', 'wub bass', 'dubstep bass', 'growl bass']],
  ['analog-saw-bass', 'Analog Saw Bass', 'synth-bass-1', 'line', ['saw bass', 'analog bass', 'moog bass', 'synthwave bass']],
  ['fm-bass', 'FM Bass', 'synth-bass-2', 'line', ['dx bass', 'dx7 bass', 'fm bassline']],
  ['log-drum-bass', 'Log Drum', 'synth-bass-2', 'line', ['amapiano bass', 'log drum bass']],
  ['synth-pluck', 'Synth Pluck', 'pad-3-polysynth', 'poly', ['pluck synth', 'plucky synth', 'synth plucks', 'pluck lead', 'plucks']],
  ['supersaw-pluck', 'Supersaw Pluck', 'lead-2-sawtooth', 'poly', ['trance pluck', 'saw pluck']],
  ['plucked-string-synth', 'Plucked String Synth', 'acoustic-guitar-steel', 'poly', ['karplus strong', 'string synth pluck', 'synth string pluck']],
  ['fm-bell-synth', 'FM Bell', 'fx-3-crystal', 'poly', ['fm bells', 'dx bells']],
  ['fm-keys', 'FM Keys', 'electric-piano-2', 'poly', ['dx keys', 'fm synth keys']],
  ['rave-stab', 'Rave Stab', 'pad-3-polysynth', 'poly', ['rave stabs', 'rave chord', 'rave piano stab']],
  ['noise-riser', 'Noise Riser', 'seashore', 'poly', ['riser', 'noise sweep', 'white noise riser', 'risers']],
];

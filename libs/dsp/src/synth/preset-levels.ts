/**
 * Gains in dB by instrument: a melodic preset then has -26 dBFS RMS in the first second of its middle note at velocity 100 and
 * the usual volume; a drum machine's beat has the RMS of the SoundFont's
 * electronic kit, which is 5 dB less by peaks, for its drums ring longer: kicks peak at -12 dBFS.
 */
export const PRESET_LEVELS: Readonly<Record<string, number>> = {
  'supersaw-lead': -10.6,
  'mono-saw-lead': -9.5,
  'pulse-lead': -7.2,
  'hoover-lead': -8.4,
  'fm-lead': -7.8,
  'analog-warm-pad': -6.5,
  'supersaw-pad': -9.6,
  'string-machine': -2.5,
  'glass-fm-pad': -7.7,
  'filter-sweep-pad': -8.1,
  'dark-drone-pad': -6,
  '808-bass': -10.8,
  'sub-bass': -13,
  'acid-bass': -6.5,
  'reese-bass': -10.7,
  'wobble-bass': -11.8,
  'analog-saw-bass': -8.2,
  'fm-bass': -9.5,
  'log-drum-bass': -4.9,
  'synth-pluck': 1.4,
  'supersaw-pluck': -1.2,
  'plucked-string-synth': 6,
  'fm-bell-synth': -4.5,
  'fm-keys': -6.9,
  'rave-stab': -5.1,
  'noise-riser': -3.3,
  'tr-808-kit': -3.2,
  'tr-909-kit': -4.4,
};

/** One row of the table: id, name, program on the percussion bank, aliases. */
export type DrumKitRow = readonly [id: string, name: string, program: number, aliases: readonly string[]];

/** Kits that the renderer synthesises. */
export const SYNTH_KITS: readonly string[] = ['tr-808-kit', 'tr-909-kit'];

/**
 * The drum sets of Roland GS that General MIDI 2 took over, by their program numbers (GM2 specification, RP-024, table 9), and
 * the TR-909, for which the electronic kit stands in.
 */
export const DRUM_KIT_ROWS: readonly DrumKitRow[] = [
  [
    'standard-kit',
    'Standard Kit',
    0,
    [
      'drums',
      'drum kit',
      'drumkit',
      'drum set',
      'acoustic drums',
      'acoustic kit',
      'standard drums',
      'live drums',
      'drum',
      'percussion',
      'beat drums',
      'trap kit',
    ],
  ],
  [
    'room-kit',
    'Room Kit',
    8,
    ['room drums', 'roomy drums', 'ambient drums', 'lo-fi drums', 'lofi drums', 'dusty drums', 'boom bap drums'],
  ],
  [
    'power-kit',
    'Power Kit',
    16,
    ['power drums', 'rock drums', 'rock kit', 'heavy drums', 'metal drums', 'stadium drums', 'big drums', 'punk drums'],
  ],
  [
    'electronic-kit',
    'Electronic Kit',
    24,
    [
      'electronic drums',
      'electric drums',
      'drum machine',
      'synth drum kit',
      'electro drums',
      'edm drums',
      'programmed drums',
      'linn drum',
      'linndrum',
      'gated drums',
    ],
  ],
  [
    'tr-808-kit',
    'TR-808 Kit',
    25,
    ['808', 'tr-808', 'tr808', '808 drums', '808 kit', '808s', 'trap drums', 'analog drums', '808 drum machine'],
  ],
  [
    'tr-909-kit',
    'TR-909 Kit',
    24,
    ['909', 'tr-909', 'tr909', '909 drums', '909s', '909 kit', '909 drum machine', 'house drums', 'techno drums'],
  ],
  ['jazz-kit', 'Jazz Kit', 32, ['jazz drums', 'jazz drum kit', 'swing drums', 'bebop drums']],
  [
    'brush-kit',
    'Brush Kit',
    40,
    ['brushes', 'brush drums', 'brushed drums', 'brush', 'drums with brushes', 'brushed kit', 'brushed snare'],
  ],
  [
    'orchestra-kit',
    'Orchestra Kit',
    48,
    [
      'orchestral percussion',
      'orchestra drums',
      'orchestral drums',
      'orchestral kit',
      'concert percussion',
      'symphonic percussion',
      'bass drum and cymbals',
      'cinematic drums',
      'cinematic percussion',
    ],
  ],
];

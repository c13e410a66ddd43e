import type { StyleData } from '../style';

type Parts = StyleData['drums']['fills'];
type Percussion = StyleData['percussion'];

/** Snare and toms, the busier the louder. */
export const KIT_FILLS: Parts = [
  { weight: 2, lines: { kick: '............X...', snare: '............XxxX' } },
  {
    weight: 2,
    lines: {
      kick: '........X...x...',
      snare: '........X.xx....',
      'high-tom': '............xx..',
      'low-tom': '..............xX',
    },
  },
  {
    energy: [60, 100],
    weight: 2,
    lines: {
      kick: 'X...x...x...x...',
      snare: 'XxxX............',
      'high-tom': '....xxxx........',
      'low-mid-tom': '........xxxx....',
      'low-floor-tom': '............xxxX',
    },
  },
];

/** Claps, snares and rolls of a drum machine. */
export const MACHINE_FILLS: Parts = [
  { weight: 2, lines: { kick: 'X...X...X.......', clap: '....X.......X.xx', snare: '............x.xX' } },
  { weight: 2, lines: { kick: 'X.......X.......', 'electric-snare': '........x.x.xxxX' } },
];

/** Ghost notes and a rim shot, for quiet kits. */
export const SOFT_FILLS: Parts = [
  { weight: 2, lines: { 'side-stick': '............x..x', kick: '............x...' } },
  { weight: 2, lines: { snare: '..........g.x.gx', kick: '........x.......' } },
];

/** Hip-hop: a kick pattern that stumbles into the one. */
export const BEAT_FILLS: Parts = [
  { weight: 2, lines: { kick: '........X..X..X.', snare: '............X..x' } },
  { weight: 2, lines: { kick: '............X...', snare: '............g.XX', 'open-hi-hat': '..............x.' } },
];

/** What a kit plays where a style of the concert hall is asked for one: bass drum, snare and cymbal of the orchestra. */
export const CONCERT_DRUMS: StyleData['drums'] = {
  grids: [
    { energy: [0, 60], lines: { 'acoustic-kick': 'x...............' } },
    { energy: [50, 100], lines: { 'acoustic-kick': 'X.......x.......', snare: '............g.gg' } },
  ],
  fills: [{ lines: { snare: '........ggggxxxX', 'acoustic-kick': '............x...' } }],
  crash: false,
  backbeatLateTicks: 0,
  looseTicks: 5,
};

/** Timpani at the joints of phrases. */
export const TIMPANI: Percussion = [
  { energy: [0, 80], weight: 2, grid: 'X...........x.x.' },
  { energy: [70, 100], weight: 2, grid: 'X.......x.x.xxxx' },
];

/** Shaker or tambourine in steady eighths or sixteenths. */
export const SHAKER: Percussion = [
  { energy: [0, 70], grid: 'x.g.x.g.x.g.x.g.' },
  { energy: [50, 100], grid: 'xgxgXgxgxgxgXgxg' },
];

/** A form as the schema of styles has it, from `intro 4 30, verse 8 52`: names, bars and energies. */
export function formOf(text: string): { name: string; bars: number; energy: number }[] {
  return text.split(', ').map((section) => {
    const [name = '', bars, energy] = section.split(' ');
    return { name, bars: Number(bars), energy: Number(energy) };
  });
}

/** Verse and chorus with a bridge, long and short. */
export const SONG_FORMS = [
  formOf('intro 4 40, verse 8 50, chorus 8 78, verse 8 55, chorus 8 82, bridge 8 48, chorus 8 90, outro 4 44'),
  formOf('intro 4 40, verse 8 50, chorus 8 80, bridge 4 48, chorus 8 88'),
];

/** Layers that build up, drop and break down (M. J. Butler, Unlocking the Groove, 2006, ch. 5). */
export const CLUB_FORMS = [
  formOf('intro 8 40, build 8 64, drop 16 90, break 8 34, build 8 68, drop 16 96, outro 8 44'),
  formOf('intro 4 42, build 4 66, drop 8 92, break 4 36, drop 8 96, outro 4 46'),
];

/** A beat under verses and hooks. */
export const BEAT_FORMS = [
  formOf('intro 4 32, verse 16 54, hook 8 74, verse 16 58, hook 8 78, outro 4 36'),
  formOf('intro 4 32, hook 8 72, verse 12 56, hook 8 76, outro 4 36'),
];

/** Theme, improvisations, theme. */
export const JAZZ_FORMS = [
  formOf('a 8 50, a 8 58, b 8 70, a 8 62'),
  formOf('intro 4 40, head 16 55, solo 16 75, solo 16 86, head 16 64, outro 4 48'),
];

/** Two strains of eight bars, each twice. */
export const DANCE_FORMS = [
  formOf('a 8 52, a 8 60, b 8 70, b 8 78'),
  formOf('intro 4 40, a 8 52, a 8 58, b 8 68, b 8 74, a 8 62, b 8 84, coda 4 58'),
];

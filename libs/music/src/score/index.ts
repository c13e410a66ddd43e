// What those need who only play scores: `@beatbot/music/score` loads in a hundredth of the time of the whole library.
export * from '../input-error';
export * from '../instruments/instrument';
export * from './mode';
export * from './score';
export * from './timeline';
export * from '../instruments/drum-key';

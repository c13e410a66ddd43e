import { isMinorMode } from './mode';
import { MODES } from './score';

it('counts modes with a minor third as minor', () => {
  expect(MODES.filter(isMinorMode)).toEqual(['minor', 'dorian', 'phrygian', 'locrian']);
});

import { readConfig } from './config';

describe('readConfig', () => {
  it('takes its SoundFont from npm and its slots from the cores', () => {
    const config = readConfig({ STORAGE_ADDRESS: 'storage:50051' });
    expect(config.SOUNDFONT_PATH).toMatch(/MuseScore_General_Lite\.sf3\.wasm$/);
    expect(config.RENDER_SLOTS).toBeGreaterThan(0);
  });

  it.each([
    ['STORAGE_ADDRESS', 'storage', 'host:port'],
    ['SOUNDFONT_PATH', '/nowhere/sounds.sf2', 'must be a SoundFont file'],
    ['RENDER_SLOTS', '0', '>=1'],
  ])('names a bad %s', (name, value, allowed) => {
    expect(() => readConfig({ STORAGE_ADDRESS: 'storage:50051', [name]: value })).toThrow(
      new RegExp(`${name}.*${allowed}`),
    );
  });
});

import { Approval, RevisionRequest, SongRequest } from '@beatbot/contracts/music/v1/job';
import { DomainError } from '@beatbot/service-kit';
import { validateRevisionRequest, validateSongRequest } from './validate-request';

const SONG: SongRequest = {
  prompt: 'a beat',
  controls: undefined,
  candidates: 0,
  approval: Approval.APPROVAL_UNSPECIFIED,
  formats: [],
  stemFormat: '',
  tags: [],
};
const REVISION: RevisionRequest = {
  songId: 's1',
  baseRevision: 0,
  edits: [{ transpose: { semitones: 2 } }],
  instruction: '',
  formats: [],
  stemFormat: '',
};

function refusal(action: () => unknown): DomainError {
  try {
    action();
  } catch (error) {
    if (error instanceof DomainError) return error;
  }
  throw new Error('nothing was refused');
}

describe('a request for a song', () => {
  it('passes as it is', () => {
    expect(validateSongRequest('r1', SONG)).toBe(SONG);
    const controls = { tempoBpm: 90, key: undefined, meter: undefined, instruments: [], exclude: [] };
    expect(() => validateSongRequest('r1', { ...SONG, prompt: '', controls })).not.toThrow();
  });

  it.each<[string, Partial<SongRequest>]>([
    ['prompt', { prompt: ' ' }],
    ['prompt', { prompt: '', controls: { key: undefined, meter: undefined, instruments: [], exclude: [] } }],
    ['candidates', { candidates: 9 }],
    ['formats[1]', { formats: ['wav', 'ogg'] }],
    ['formats[1]', { formats: ['wav', 'wav'] }],
    ['stem_format', { stemFormat: 'mp3' }],
    ['tags', { tags: Array.from({ length: 21 }, (_, index) => `tag ${index}`) }],
    ['tags[0]', { tags: ['x'.repeat(51)] }],
    ['tags[0]', { tags: ['\u0007'] }],
  ])('is refused for %s', (field, changes) => {
    const error = refusal(() => validateSongRequest('r1', { ...SONG, ...changes }));
    expect(error.reason).toBe('INVALID_ARGUMENT');
    expect(error.fields.map((violation) => violation.field)).toEqual([field]);
    expect(error.message).toContain(field);
  });

  it('names all that is wrong at once', () => {
    const error = refusal(() => validateSongRequest('a b', { ...SONG, candidates: 99, stemFormat: 'ogg' }));
    expect(error.fields.map(({ field }) => field)).toEqual(['request_id', 'candidates', 'stem_format']);
    expect(refusal(() => validateSongRequest('r1', null)).fields[0]?.field).toBe('song');
  });
});

describe('a request for a revision', () => {
  it('passes as it is', () => {
    expect(validateRevisionRequest('r1', REVISION)).toBe(REVISION);
    const asReceived = { type: 'transpose', transpose: { semitones: -3 } };
    expect(() => validateRevisionRequest('r1', { ...REVISION, edits: [asReceived] })).not.toThrow();
  });

  it.each<[string, Partial<RevisionRequest>]>([
    ['song_id', { songId: '' }],
    ['edits', { edits: [] }],
    ['edits[0]', { edits: [{}] }],
    ['edits[0]', { edits: [{ setTitle: { title: 'x' }, fadeOut: { bars: 4 } }] }],
    ['edits[0].transpose.semitones', { edits: [{ transpose: { semitones: 25 } }] }],
    ['edits[1].set_tempo.tempo_bpm', { edits: [{ setTitle: { title: 'x' } }, { setTempo: { tempoBpm: 5000 } }] }],
    ['edits[0].set_title.title', { edits: [{ setTitle: { title: '' } }] }],
    ['edits[0].set_mix.pan', { edits: [{ setMix: { trackId: 'bass', pan: 101 } }] }],
    ['edits[0].regenerate.to_bar', { edits: [{ regenerate: { fromBar: 4, toBar: 4 } }] }],
    ['edits[0].humanise.to_bar', { edits: [{ humanise: { fromBar: 4, toBar: 3 } }] }],
    ['edits[0].resize_section.bars', { edits: [{ resizeSection: { sectionId: 'a-1', bars: 0 } }] }],
    ['edits[0].set_meter.numerator', { edits: [{ setMeter: { numerator: 17, denominator: 4 } }] }],
  ])('is refused for %s', (field, changes) => {
    const error = refusal(() => validateRevisionRequest('r1', { ...REVISION, ...changes }));
    expect(error.fields.map((violation) => violation.field)).toEqual([field]);
  });

  it.each(['faster', 'make the second chorus bigger, and paint it purple', 'undo'])(
    'passes as a sentence: %s',
    (instruction) => {
      const request = { ...REVISION, edits: [], instruction };
      expect(validateRevisionRequest('r1', request)).toBe(request);
    },
  );

  it.each(['paint it purple', 'undo and faster', ' ', 'x'.repeat(5000)])(
    'is refused for the sentence %j',
    (instruction) => {
      const error = refusal(() => validateRevisionRequest('r1', { ...REVISION, edits: [], instruction }));
      expect(error.reason).toBe('INVALID_ARGUMENT');
      expect(error.fields).toMatchObject([{ field: 'instruction', value: instruction.slice(0, 200) }]);
    },
  );

  it('takes edits or a sentence, not both, and an undo by itself', () => {
    const fieldsOf = (changes: Partial<RevisionRequest>) =>
      refusal(() => validateRevisionRequest('r1', { ...REVISION, ...changes })).fields.map(({ field }) => field);
    expect(fieldsOf({ instruction: 'faster' })).toEqual(['instruction']);
    expect(fieldsOf({ edits: [{ undo: {} }, { transpose: { semitones: 1 } }] })).toEqual(['edits']);
    expect(() => validateRevisionRequest('r1', { ...REVISION, edits: [{ undo: {} }] })).not.toThrow();
  });
});

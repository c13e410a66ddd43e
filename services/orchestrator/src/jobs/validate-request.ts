import { Edit } from '@beatbot/contracts/music/v1/edit';
import { RevisionRequest, SongRequest } from '@beatbot/contracts/music/v1/job';
import { checkInstruction, InputError } from '@beatbot/music';
import { DomainError, FieldViolation } from '@beatbot/service-kit';

export const MIX_FORMATS: readonly string[] = ['wav', 'mp3', 'flac', 'opus'];
export const STEM_FORMATS: readonly string[] = ['wav', 'flac'];
const MAX_CANDIDATES = 8;
const MAX_TAGS = 20;
const MAX_TAG_LENGTH = 50;
const MAX_EDITS = 100;
/** So much of a sentence is shown in an error. */
const MAX_SHOWN = 200;
const REQUEST_ID = /^[\x21-\x7e]{1,128}$/;

/**
 * The cheap checks of a request for a song; what the prompt says is the composer's to judge.
 * @throws DomainError INVALID_ARGUMENT that names every bad field, its value and what is allowed
 */
export function validateSongRequest(requestId: string, song: SongRequest | null | undefined): SongRequest {
  const bad = new Violations();
  bad.check(REQUEST_ID.test(requestId), 'request_id', requestId, '1 to 128 printable ASCII characters without spaces');
  if (!song) {
    bad.check(false, 'song', undefined, 'a request for a song');
    throw bad.error();
  }
  const controlled = Object.values(song.controls ?? {}).some((value) =>
    Array.isArray(value) ? value.length > 0 : isGiven(value),
  );
  bad.check(
    song.prompt.trim() !== '' || controlled,
    'prompt',
    song.prompt,
    'a sentence, or at least one of the controls',
  );
  bad.check(
    song.candidates <= MAX_CANDIDATES,
    'candidates',
    song.candidates,
    `1 to ${MAX_CANDIDATES}, or 0 for the default`,
  );
  checkFormats(bad, song);
  bad.check(song.tags.length <= MAX_TAGS, 'tags', song.tags.length, `at most ${MAX_TAGS} tags`);
  song.tags.slice(0, MAX_TAGS).forEach((tag, index) => {
    const fine = tag.trim() !== '' && [...tag].length <= MAX_TAG_LENGTH && !/\p{Cc}/u.test(tag);
    bad.check(fine, `tags[${index}]`, tag, `1 to ${MAX_TAG_LENGTH} characters, no control characters`);
  });
  bad.throwIfAny();
  return song;
}

/**
 * The checks of a request for a revision that need no score.
 * @throws DomainError INVALID_ARGUMENT as above, and for a sentence of which nothing can be understood, with what is possible
 */
export function validateRevisionRequest(
  requestId: string,
  revision: RevisionRequest | null | undefined,
): RevisionRequest {
  const bad = new Violations();
  bad.check(REQUEST_ID.test(requestId), 'request_id', requestId, '1 to 128 printable ASCII characters without spaces');
  if (!revision) {
    bad.check(false, 'revision', undefined, 'a request for a revision');
    throw bad.error();
  }
  bad.check(revision.songId !== '', 'song_id', revision.songId, 'the id of a song');
  checkFormats(bad, revision);
  const { edits, instruction } = revision;
  if (instruction !== '') {
    bad.check(edits.length === 0, 'instruction', instruction, 'edits or an instruction, not both');
    checkSentence(bad, instruction);
    bad.throwIfAny();
    return revision;
  }
  bad.check(edits.length >= 1 && edits.length <= MAX_EDITS, 'edits', edits.length, `1 to ${MAX_EDITS} edits`);
  bad.check(edits.length <= 1 || !edits.some(({ undo }) => undo), 'edits', 'undo', 'an undo by itself');
  edits.slice(0, MAX_EDITS).forEach((edit, index) => checkEdit(bad, `edits[${index}]`, edit));
  bad.throwIfAny();
  return revision;
}

function checkFormats(bad: Violations, request: { formats: string[]; stemFormat: string }): void {
  request.formats.forEach((format, index) => {
    const field = `formats[${index}]`;
    bad.check(MIX_FORMATS.includes(format), field, format, `one of ${MIX_FORMATS.join(', ')}`);
    bad.check(request.formats.indexOf(format) === index, field, format, 'each format once');
  });
  const fine = request.stemFormat === '' || STEM_FORMATS.includes(request.stemFormat);
  bad.check(fine, `stem_format`, request.stemFormat, `one of ${STEM_FORMATS.join(', ')}`);
}

function checkSentence(bad: Violations, instruction: string): void {
  try {
    checkInstruction(instruction);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    bad.check(false, 'instruction', instruction.slice(0, MAX_SHOWN), error.allowed);
  }
}

/** Bounds as the contract gives them; whether tracks and sections exist, only the score tells. */
function checkEdit(bad: Violations, field: string, edit: Edit): void {
  // Beside the change itself its oneof has a field that names it.
  const kinds = Object.values(edit).filter((change) => typeof change === 'object' && change !== null);
  bad.check(kinds.length === 1, field, undefined, 'exactly one change');
  const { transpose, setTempo, setTitle, setMix, regenerate, fadeOut, setMeter, resizeSection, insertSection } = edit;
  const within = (name: string, value: number | null | undefined, low: number, high: number): void =>
    bad.check(!isGiven(value) || (value >= low && value <= high), `${field}.${name}`, value, `${low} to ${high}`);
  within('transpose.semitones', transpose?.semitones, -24, 24);
  within('set_tempo.tempo_bpm', setTempo?.tempoBpm, 20, 400);
  within('set_title.title', setTitle && [...setTitle.title].length, 1, 200);
  within('set_mix.gain_centibels', setMix?.gainCentibels, -600, 120);
  within('set_mix.pan', setMix?.pan, -100, 100);
  within('set_mix.reverb_send', setMix?.reverbSend, 0, 127);
  within('set_mix.delay_send', setMix?.delaySend, 0, 127);
  within('set_mix.chorus_send', setMix?.chorusSend, 0, 127);
  within('fade_out.bars', fadeOut?.bars, 0, 1024);
  within('set_meter.numerator', setMeter?.numerator, 1, 16);
  within('resize_section.bars', resizeSection?.bars, 1, 1024);
  within('insert_section.bars', insertSection?.bars, 1, 1024);
  const scopes = {
    regenerate,
    remove_track: edit.removeTrack,
    simplify: edit.simplify,
    intensify: edit.intensify,
    humanise: edit.humanise,
    revoice: edit.revoice,
    reharmonise: edit.reharmonise,
  };
  for (const [name, scope] of Object.entries(scopes)) {
    if (isGiven(scope?.fromBar) && isGiven(scope?.toBar))
      within(`${name}.to_bar`, scope.toBar, scope.fromBar + 1, 1024);
  }
}

/** Message fields that were not sent are null or absent. */
function isGiven<T>(value: T): value is NonNullable<T> {
  return value !== null && value !== undefined;
}

class Violations {
  private readonly fields: FieldViolation[] = [];

  check(fine: boolean, field: string, value: unknown, allowed: string): void {
    if (!fine) this.fields.push({ field, allowed, ...(value !== undefined && { value }) });
  }

  throwIfAny(): void {
    if (this.fields.length > 0) throw this.error();
  }

  error(): DomainError {
    const sentences = this.fields.map(({ field, value, allowed }) =>
      value === undefined ? `${field} is missing: ${allowed}` : `${field} ${shown(value)} is not allowed: ${allowed}`,
    );
    return new DomainError('INVALID_ARGUMENT', sentences.join('; '), { fields: this.fields });
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

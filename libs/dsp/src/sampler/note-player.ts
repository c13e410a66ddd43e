import { TrackEvent } from '../engine/track-events';
import { assertRoom } from '../engine/voice-bound';
import { Source } from '../sound-font/modulator';
import { SoundFont } from '../sound-font/sound-font';
import { Channel, Controller } from './channel';
import { Voice, VoiceTools } from './voice';

/** The preset that a track plays. */
export interface Preset {
  /** 128 for drum kits. */
  bank: number;
  program: number;
}

/** The most voices that a track may have at a time: far beyond what can be heard apart, and still a block of 8192 frames in some 35 ms. */
const MAX_VOICES = 2048;

/** Turns a track's events into voices that begin, change and end. */
export class NotePlayer {
  /** All that sound, in the order in which they began. */
  voices: Voice[] = [];
  private readonly channel = new Channel();
  /** For each key the notes whose ends are to come, the first first. */
  private readonly open = new Map<number, number[]>();
  private notes = 0;

  constructor(
    private readonly font: SoundFont,
    private readonly tools: VoiceTools,
    private readonly preset: Preset,
  ) {}

  play(event: TrackEvent): void {
    if (event.kind === 'note-on') this.noteOn(event.pitch, event.velocity, event.frame);
    else if (event.kind === 'note-off') this.noteOff(event.pitch, event.frame);
    else if (event.controller === -1) this.bend(event.value);
    else this.control(event.controller, event.value, event.frame);
  }

  private noteOn(key: number, velocity: number, frame: number): void {
    const note = ++this.notes;
    const waiting = this.open.get(key);
    if (waiting) waiting.push(note);
    else this.open.set(key, [note]);
    for (const region of this.font.regionsOf(this.preset.bank, this.preset.program, key, velocity)) {
      const voice = new Voice(this.tools, region, this.channel, note, key, velocity, frame);
      if (voice.exclusiveClass !== 0)
        for (const other of this.voices)
          if (other.exclusiveClass === voice.exclusiveClass && other.note !== note) other.cut(frame);
      assertRoom(this.voices.length, MAX_VOICES, key, frame);
      this.voices.push(voice);
    }
  }

  private noteOff(key: number, frame: number): void {
    const note = this.open.get(key)?.shift();
    if (note === undefined) return;
    for (const voice of this.voices) {
      if (voice.note !== note || voice.isReleased) continue;
      if (voice.sostenuto || this.channel.isDown(Controller.SUSTAIN)) voice.pedalled = true;
      else voice.release(frame);
    }
  }

  private bend(value: number): void {
    this.channel.bend(value);
    this.update(false, Source.PITCH_WHEEL);
  }

  private control(controller: number, value: number, frame: number): void {
    this.channel.control(controller, value);
    switch (controller) {
      case Controller.SUSTAIN:
        this.liftPedals(frame);
        break;
      case Controller.SOSTENUTO:
        this.sostenuto(frame);
        break;
      case Controller.ALL_SOUND_OFF:
        for (const voice of this.voices) voice.cut(frame);
        break;
      case Controller.ALL_NOTES_OFF:
        this.allNotesOff(frame);
        break;
      case Controller.DATA_ENTRY:
      case Controller.DATA_ENTRY_LSB:
        for (const voice of this.voices) voice.update();
        break;
      case Controller.RESET:
        for (const voice of this.voices) voice.update();
        for (const voice of this.voices) voice.sostenuto = false;
        this.liftPedals(frame);
        break;
    }
    this.update(true, controller);
  }

  private update(isController: boolean, index: number): void {
    for (const voice of this.voices) if (voice.follows(isController, index)) voice.update();
  }

  private sostenuto(frame: number): void {
    const down = this.channel.isDown(Controller.SOSTENUTO);
    for (const voice of this.voices)
      voice.sostenuto = down && (voice.sostenuto || (!voice.pedalled && !voice.isReleased));
    this.liftPedals(frame);
  }

  /** Releases what no pedal holds any more. */
  private liftPedals(frame: number): void {
    if (this.channel.isDown(Controller.SUSTAIN)) return;
    for (const voice of this.voices) if (voice.pedalled && !voice.sostenuto) voice.release(frame);
  }

  /** As if all keys were let go; pedals still hold (MIDI 1.0, all notes off). */
  private allNotesOff(frame: number): void {
    for (const [key, notes] of this.open) while (notes.length > 0) this.noteOff(key, frame);
  }

  /** Forgets the voices that are over. */
  sweep(isOver: (voice: Voice) => boolean): void {
    this.voices = this.voices.filter((voice) => !isOver(voice));
  }
}

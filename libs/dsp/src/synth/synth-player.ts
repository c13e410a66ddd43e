import { decibelsToGain } from '../decibels';
import type { TrackEvent } from '../engine/track-events';
import { assertRoom } from '../engine/voice-bound';
import { panGains } from '../mix/pan';
import { Channel, Controller } from '../sampler/channel';
import { Source } from '../sound-font/modulator';
import type { SynthSound } from './preset-catalogue';
import { centsOf, NoteStart, scrambled, SynthNote } from './synth-note';

/** The most voices that a track may have at a time: a chunk of the dearest preset then takes some 30 ms. */
const MAX_VOICES = 512;
const WHEEL_CENTS = 50;
const CENTRE = 64;

/** Turns a track's events into notes that begin, change and end. */
export class SynthPlayer {
  /** All that sound, in the order in which they began. */
  notes: SynthNote[] = [];
  private readonly channel = new Channel();
  private readonly gain: number;
  /** Keys that are down, the last one last. */
  private down: number[] = [];

  /** @param beatsPerSecond the tempo at a frame */
  constructor(
    private readonly sound: SynthSound,
    private readonly sampleRate: number,
    private readonly beatsPerSecond: (frame: number) => number,
  ) {
    this.gain = decibelsToGain(sound.decibels);
  }

  play(event: TrackEvent): void {
    if (event.kind === 'note-on') this.noteOn(event.pitch, event.velocity, event.frame);
    else if (event.kind === 'note-off') this.noteOff(event.pitch);
    else if (event.controller === -1) {
      this.channel.bend(event.value);
      this.update();
    } else this.control(event.controller, event.value);
  }

  private noteOn(key: number, velocity: number, frame: number): void {
    const { sound } = this;
    if ('machine' in sound) {
      const drum = sound.machine.get(key);
      if (!drum) return;
      const { group = 0, level, patches } = drum;
      if (group > 0) for (const note of this.notes) if (note.group === group) note.cut();
      const cents = centsOf(drum.hertz);
      this.begin(patches, { key, cents, fromCents: cents, velocity, frame, glideSeconds: 0, group, level });
      return;
    }
    const { patches, glideSeconds } = sound.preset;
    const cents = this.centsOfKey(key);
    this.down.push(key);
    if (glideSeconds !== undefined) {
      const sounding = this.notes.filter((note) => note.isHeld);
      for (const note of sounding) {
        note.key = key;
        note.move(cents);
      }
      if (sounding.length > 0) return;
      for (const note of this.notes) note.cut();
    }
    this.begin(patches, {
      key,
      cents,
      fromCents: cents,
      velocity,
      frame,
      glideSeconds: glideSeconds ?? 0,
      group: 0,
      level: 1,
    });
  }

  private begin(patches: readonly SynthNote['patch'][], start: Omit<NoteStart, 'beatsPerSecond'>): void {
    const beatsPerSecond = this.beatsPerSecond(start.frame);
    patches.forEach((patch, index) => {
      assertRoom(this.notes.length, MAX_VOICES, start.key, start.frame);
      const seed = scrambled(Math.imul(start.frame, 131) + start.key, index);
      this.notes.push(new SynthNote(patch, { ...start, beatsPerSecond }, seed, this.sampleRate));
    });
    this.update();
  }

  private noteOff(key: number): void {
    const at = this.down.lastIndexOf(key);
    if (at >= 0) this.down.splice(at, 1);
    // What a drum machine has struck rings as long as it does.
    if ('machine' in this.sound) return;
    const before = this.sound.preset.glideSeconds === undefined ? undefined : this.down.at(-1);
    for (const note of this.notes) {
      if (note.key !== key || !note.isHeld) continue;
      if (before !== undefined) {
        note.key = before;
        note.move(this.centsOfKey(before));
      } else {
        note.isHeld = false;
        if (!this.channel.isDown(Controller.SUSTAIN)) note.release();
      }
    }
  }

  private control(controller: number, value: number): void {
    this.channel.control(controller, value);
    if (controller === Controller.ALL_SOUND_OFF) for (const note of this.notes) note.cut();
    if (controller === Controller.ALL_NOTES_OFF || controller === Controller.ALL_SOUND_OFF) {
      for (const note of this.notes) note.isHeld = false;
      this.down = [];
    }
    if ('preset' in this.sound && !this.channel.isDown(Controller.SUSTAIN))
      for (const note of this.notes) if (!note.isHeld) note.release();
    this.update();
  }

  private centsOfKey(key: number): number {
    const { channel } = this;
    const wheel =
      (channel.general(Source.PITCH_WHEEL) - CENTRE) / (channel.general(Source.PITCH_WHEEL) > CENTRE ? 63 : CENTRE);
    return key * 100 + channel.tuningCents + wheel * channel.general(Source.PITCH_WHEEL_RANGE) * 100;
  }

  /** Brings all notes up to date with the channel. */
  private update(): void {
    const { channel, gain } = this;
    const share = (controller: number): number => (channel.controller(controller) / 127) ** 2;
    const level = gain * share(Controller.VOLUME) * share(Controller.EXPRESSION);
    const pan = Math.max(-100, ((channel.controller(Controller.PAN) - CENTRE) * 100) / 63);
    const { left, right } = panGains(pan);
    const wheel = (channel.controller(Controller.MODULATION) / 127) * WHEEL_CENTS;
    for (const note of this.notes) {
      note.follow(level * left, level * right, wheel);
      if ('preset' in this.sound) note.move(this.centsOfKey(note.key));
    }
  }
}

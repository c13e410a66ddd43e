import { Score, TrackMix } from '@beatbot/music';
import { decibelsToGain } from '../decibels';
import { StereoBlock, stereoBlock } from '../stereo-block';
import { Chorus } from './chorus';
import { delaySeconds, PingPongDelay } from './delay';
import { Effect, SILENCE } from './effect';
import { panGains } from './pan';
import { Reverb } from './reverb';

/** Highest value of a send. */
const FULL_SEND = 127;

/**
 * What the mix does to one track: gain, pan, and its own share of reverb, delay and chorus, all after the fader. Because each
 * track has its effects to itself, the sum of the tracks is the mix. A muted track is silent.
 */
export class ChannelStrip {
  private readonly gainLeft: number;
  private readonly gainRight: number;
  private readonly effects: { effect: Effect; send: number }[] = [];
  private dry: StereoBlock | undefined;

  constructor(mix: TrackMix, tempos: Score['tempos'], sampleRate: number) {
    const gain = mix.muted ? 0 : decibelsToGain(mix.gainCentibels / 10);
    const pan = panGains(mix.pan);
    this.gainLeft = gain * pan.left;
    this.gainRight = gain * pan.right;
    const add = (send: number, create: () => Effect): void => {
      if (send > 0 && !mix.muted) this.effects.push({ effect: create(), send: send / FULL_SEND });
    };
    add(mix.chorusSend, () => new Chorus(sampleRate));
    add(mix.delaySend, () => new PingPongDelay(sampleRate, delaySeconds(tempos[0]!.milliBpm)));
    add(mix.reverbSend, () => new Reverb(sampleRate));
  }

  /** Works on the next frames in place. */
  process(block: StereoBlock): void {
    const { left, right } = block;
    const { gainLeft, gainRight } = this;
    for (let i = 0; i < left.length; i++) {
      // Where a voice has died away, its last subnormal numbers would only cost time.
      left[i] = Math.abs(left[i]!) < SILENCE ? 0 : left[i]! * gainLeft;
      right[i] = Math.abs(right[i]!) < SILENCE ? 0 : right[i]! * gainRight;
    }
    if (this.effects.length === 0) return;
    if (this.dry?.left.length !== left.length) this.dry = stereoBlock(left.length);
    const { dry } = this;
    dry.left.set(left);
    dry.right.set(right);
    for (const { effect, send } of this.effects) effect.process(dry, send, block);
  }
}

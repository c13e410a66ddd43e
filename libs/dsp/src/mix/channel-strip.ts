import { Score, TrackMix } from '@beatbot/music/score';
import { decibelsToGain } from '../decibels';
import { StripKernel } from '../kernel/strip-kernel';
import { GROUP_FRAMES } from '../kernel/strip-layout';
import { StereoBlock } from '../stereo-block';
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
  private readonly kernel = new StripKernel();

  constructor(mix: TrackMix, tempos: Score['tempos'], sampleRate: number) {
    const gain = mix.muted ? 0 : decibelsToGain(mix.gainCentibels / 10);
    const pan = panGains(mix.pan);
    this.gainLeft = gain * pan.left;
    this.gainRight = gain * pan.right;
    const add = (send: number, create: () => Effect): void => {
      if (send > 0 && !mix.muted) this.effects.push({ effect: create(), send: send / FULL_SEND });
    };
    add(mix.chorusSend, () => new Chorus(this.kernel, sampleRate));
    add(mix.delaySend, () => new PingPongDelay(this.kernel, sampleRate, delaySeconds(tempos[0]!.milliBpm)));
    add(mix.reverbSend, () => new Reverb(this.kernel, sampleRate));
  }

  /** Where the track's next frames are to be written, MAX_FRAMES at most. */
  input(frames: number): StereoBlock {
    return this.kernel.input(frames);
  }

  /**
   * Works on the frames that were written to the input; the result, which may be written to, is valid until the next call.
   * @throws RangeError behind a block that was no multiple of GROUP_FRAMES, which only the last may be
   */
  process(frames: number): StereoBlock {
    const { functions } = this.kernel;
    const whole = this.kernel.take(frames);
    const isSilent = functions.fade(whole, this.gainLeft, this.gainRight, SILENCE) === 1;
    for (const { effect, send } of this.effects) effect.process(whole, send, isSilent);
    return this.kernel.output(frames);
  }

  /** Rounds the result to steps of 24 bits in place and tells how many samples had to be clipped. */
  quantise(frames: number): number {
    return this.kernel.functions.quantise(Math.ceil(frames / GROUP_FRAMES) * GROUP_FRAMES);
  }
}

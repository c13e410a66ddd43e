import * as kernel from '../kernel/mathematics';
import { KernelFunctions } from '../kernel/kernel';
import { Channel, Controller } from '../sampler/channel';
import { Generator } from './generators';
import { DEFAULT_MODULATORS, Modulator, modulation, modulatorSource, Source, SourceValues } from './modulator';

const functions = kernel as unknown as KernelFunctions;

/** What a modulator of amount 1000 makes of a controller's value. */
function bent(bits: number, value: number): number {
  const modulator: Modulator = {
    source: modulatorSource(bits),
    secondary: modulatorSource(0),
    generator: 0,
    amount: 1000,
    absolute: false,
  };
  return modulation(modulator, { controller: () => value, general: () => value }, functions);
}

describe('modulators', () => {
  it.each([
    // Source numbers of SoundFont 2.04, 8.2: the curve, bipolar, negative, a controller (1); value; result.
    ['linear', 0x0081, [0, 63.5, 127], [0, 500, 1000]],
    ['linear, negative', 0x0181, [0, 127], [1000, 0]],
    ['linear, bipolar', 0x0281, [0, 64, 127], [-1000, 0, 1000]],
    ['linear, bipolar, negative', 0x0381, [0, 64, 127], [1000, 0, -1000]],
    ['switch', 0x0c81, [0, 63, 64, 127], [0, 0, 1000, 1000]],
    ['concave', 0x0481, [0, 127], [0, 1000]],
    ['convex', 0x0881, [0, 127], [0, 1000]],
  ])('%s', (_, bits, values, expected) => {
    values.forEach((value, i) => expect(bent(bits, value)).toBeCloseTo(expected[i]!, 6));
  });

  it('turns velocity, volume and expression into 40 log10 of their share, up to 96 dB', () => {
    const [byVelocity] = DEFAULT_MODULATORS;
    const at = (velocity: number) => {
      const values: SourceValues = {
        controller: () => 0,
        general: (index) => (index === Source.VELOCITY ? velocity : 0),
      };
      return modulation(byVelocity!, values, functions);
    };
    expect(byVelocity!.generator).toBe(Generator.ATTENUATION);
    expect(at(127)).toBeCloseTo(0, 6);
    expect(at(64)).toBeCloseTo(400 * Math.log10(127 / 64), 6);
    expect(at(1)).toBeCloseTo(400 * Math.log10(127), 6);
    expect(at(0)).toBe(960);
  });
});

describe('Channel', () => {
  const cents = (channel: Channel) => {
    const bend = DEFAULT_MODULATORS.find(({ generator }) => generator === Generator.FINE_TUNE)!;
    return modulation(bend, channel, functions);
  };

  it('bends by two semitones, or by the range that was set', () => {
    const channel = new Channel();
    expect(cents(channel)).toBe(0);
    channel.bend(16_383);
    expect(cents(channel)).toBeCloseTo(200, 6);
    channel.bend(0);
    expect(cents(channel)).toBeCloseTo(-200, 6);
    for (const [controller, value] of [
      [Controller.RPN_MSB, 0],
      [Controller.RPN_LSB, 0],
      [Controller.DATA_ENTRY, 7],
      [Controller.DATA_ENTRY_LSB, 50],
    ] as const)
      channel.control(controller, value);
    expect(cents(channel)).toBeCloseTo(-750, 6);
  });

  it('is tuned by registered parameters, and by nothing else', () => {
    const channel = new Channel();
    const set = (msb: number, lsb: number, value: number) => {
      channel.control(Controller.RPN_MSB, msb);
      channel.control(Controller.RPN_LSB, lsb);
      channel.control(Controller.DATA_ENTRY, value);
    };
    set(0, 2, 64 + 3);
    set(0, 1, 96);
    expect(channel.tuningCents).toBe(350);
    channel.control(Controller.NRPN_MSB, 0);
    channel.control(Controller.DATA_ENTRY, 10);
    set(127, 127, 10);
    expect(channel.tuningCents).toBe(350);
  });

  it('resets controllers, but not volume, pan and tuning', () => {
    const channel = new Channel();
    for (const controller of [1, 7, 10, 11, 64, 66, 67]) channel.control(controller, 90);
    channel.bend(0);
    channel.control(Controller.RESET, 0);
    expect([1, 7, 10, 11, 64, 66, 67].map((index) => channel.controller(index))).toEqual([0, 90, 90, 127, 0, 0, 0]);
    expect(cents(channel)).toBe(0);
  });
});

import { Source, SourceValues } from '../sound-font/modulator';

/** Controllers with a meaning of their own (MIDI 1.0). */
export const Controller = {
  MODULATION: 1,
  DATA_ENTRY: 6,
  VOLUME: 7,
  PAN: 10,
  EXPRESSION: 11,
  DATA_ENTRY_LSB: 38,
  SUSTAIN: 64,
  SOSTENUTO: 66,
  SOFT: 67,
  NRPN_LSB: 98,
  NRPN_MSB: 99,
  RPN_LSB: 100,
  RPN_MSB: 101,
  ALL_SOUND_OFF: 120,
  RESET: 121,
  ALL_NOTES_OFF: 123,
} as const;

const WHEEL_CENTRE = 8192;
const WHEEL_MAX = 16_383;
/** A pedal or switch is down from here on. */
const ON = 64;
const NO_PARAMETER = 0x3fff;
/** Registered parameters: 14 bits, MSB first. */
const BEND_RANGE = 0;
const FINE_TUNING = 1;
const COARSE_TUNING = 2;

/** The state of a MIDI channel that its voices follow. */
export class Channel implements SourceValues {
  private readonly controllers = new Float64Array(128);
  private wheel = WHEEL_CENTRE;
  private bendSemitones = 2;
  private bendCents = 0;
  private parameter = NO_PARAMETER;
  private fineTuning = WHEEL_CENTRE;
  private coarseSemitones = 0;

  constructor() {
    this.controllers[Controller.VOLUME] = 100;
    this.controllers[Controller.PAN] = 64;
    this.controllers[Controller.EXPRESSION] = 127;
  }

  /** How far the whole channel is tuned up, in cents (RPN 1 and 2). */
  get tuningCents(): number {
    return this.coarseSemitones * 100 + ((this.fineTuning - WHEEL_CENTRE) / WHEEL_CENTRE) * 100;
  }

  isDown(pedal: number): boolean {
    return this.controllers[pedal]! >= ON;
  }

  controller(index: number): number {
    return this.controllers[index]!;
  }

  /** A source that is the same for all notes of the channel; a Score has no pressure. */
  general(index: number): number {
    if (index === Source.PITCH_WHEEL)
      return this.wheel <= WHEEL_CENTRE
        ? this.wheel / 128
        : 64 + ((this.wheel - WHEEL_CENTRE) * 63) / (WHEEL_MAX - WHEEL_CENTRE);
    if (index === Source.PITCH_WHEEL_RANGE) return this.bendSemitones + this.bendCents / 100;
    return 0;
  }

  /** Moves the pitch wheel, 0 to 16383. */
  bend(value: number): void {
    this.wheel = value;
  }

  /** Moves a controller, 0 to 127. */
  control(controller: number, value: number): void {
    this.controllers[controller] = value;
    switch (controller) {
      case Controller.RPN_MSB:
        this.parameter = (value << 7) | (this.parameter & 0x7f);
        break;
      case Controller.RPN_LSB:
        this.parameter = (this.parameter & 0x3f80) | value;
        break;
      case Controller.NRPN_MSB:
      case Controller.NRPN_LSB:
        this.parameter = NO_PARAMETER;
        break;
      case Controller.DATA_ENTRY:
        this.setParameter(value);
        break;
      case Controller.DATA_ENTRY_LSB:
        this.setParameterLsb(value);
        break;
      case Controller.RESET:
        this.reset();
        break;
    }
  }

  private setParameter(value: number): void {
    if (this.parameter === BEND_RANGE) this.bendSemitones = value;
    else if (this.parameter === FINE_TUNING) this.fineTuning = (value << 7) | (this.fineTuning & 0x7f);
    else if (this.parameter === COARSE_TUNING) this.coarseSemitones = value - ON;
  }

  private setParameterLsb(value: number): void {
    if (this.parameter === BEND_RANGE) this.bendCents = value;
    else if (this.parameter === FINE_TUNING) this.fineTuning = (this.fineTuning & 0x3f80) | value;
  }

  /** What "reset all controllers" resets; volume, pan and parameters stay (MIDI recommended practice RP-015). */
  private reset(): void {
    for (const pedal of [Controller.MODULATION, Controller.SUSTAIN, Controller.SOSTENUTO, Controller.SOFT])
      this.controllers[pedal] = 0;
    this.controllers[Controller.EXPRESSION] = 127;
    this.wheel = WHEEL_CENTRE;
    this.parameter = NO_PARAMETER;
  }
}

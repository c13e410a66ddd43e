/** The part of @evan/opus that is libopus compiled to WebAssembly; its main entry takes native code instead where that fits the machine. */
declare module '@evan/opus/wasm/index.js' {
  export class Encoder {
    constructor(options: { channels: 1 | 2; sample_rate: number; application: 'audio' });
    /** Sets a value of libopus, or gets it where none is given. @throws Error where libopus refuses */
    ctl(request: number, value?: number): number;
    /** One packet from interleaved samples of 16 bits. */
    encode(samples: Int16Array): Uint8Array;
    /** Frees the encoder. */
    drop(): void;
  }
}

import { createMemory, instantiateKernel } from './kernel';

/**
 * Elementary functions that give the same bits on every machine and in every version of the engine, which those of Math do
 * not promise: 2^x (to 1e-11), the logarithm to base 2 of x > 0 (to 1e-10), and sin(pi x) for -0.5 <= x <= 0.5 (to 1e-13).
 */
export const { exp2, log2, sinPi } = instantiateKernel(createMemory(16));

/** log2(e). */
export const OCTAVES_PER_NEPER = 1.442_695_040_888_963_4;

/** What a filter of one pole at a cutoff frequency keeps of its state from frame to frame: e^(-2 pi f / rate). */
export function onePole(cutoffHz: number, sampleRate: number): number {
  return exp2(((-2 * Math.PI * cutoffHz) / sampleRate) * OCTAVES_PER_NEPER);
}

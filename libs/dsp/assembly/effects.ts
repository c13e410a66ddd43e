// The effects of a track. Each effect has an instance of this module, and so a memory and variables, to itself.

export { chorus, restChorus, startChorus } from './chorus';
export { delay, startDelay } from './delay';
export { reverb, startReverb } from './reverb';

// The bus, and meters and limiter of the master. Each has an instance of this module, and so a memory and variables, to itself.

export { addSteps } from './bus';
export { gains, startLimiter } from './limiter';
export { detect } from './true-peak';
export { weigh } from './loudness';

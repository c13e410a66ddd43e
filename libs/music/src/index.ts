export * from './input-error';
export * from './random/random-stream';
export * from './agents/agent';
export * from './score/score';
export * from './brief/brief';
export * from './plan/plan';
export * from './receipt/receipt';

export * from './score/score';
export * from './brief/brief';
export * from './plan/plan';
export * from './receipt/receipt';

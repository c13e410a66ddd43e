export * from './grpc-options';
export * from './mapping/enum-names';
export * from './mapping/score-mapping';
export * from './mapping/brief-mapping';
export * from './mapping/receipt-mapping';
export * from './mapping/edit-mapping';

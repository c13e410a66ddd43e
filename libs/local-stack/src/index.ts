export * from './managed-process';
export * from './start-postgres';
export * from './start-redis';
export * from './temporary-folder';
export * from './service-definitions';
export * from './service-process';
export * from './start-stack';
export * from './up';

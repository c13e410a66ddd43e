export * from './managed-process';
export * from './start-postgres';
export * from './start-redis';
export * from './temporary-folder';

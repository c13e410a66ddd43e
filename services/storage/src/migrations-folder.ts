import { resolve } from 'node:path';

/** The same from src/, from dist/ and from the bundle, which lies in dist/. */
export const migrationsFolder = resolve(__dirname, '../migrations');

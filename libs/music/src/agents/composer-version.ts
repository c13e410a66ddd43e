/** Changes whenever equal input may give another Score; part of every Score and of the cache keys. */
export const COMPOSER_VERSION = '1.3.0';

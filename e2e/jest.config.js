const preset = require('../jest.preset.js');

module.exports = {
  ...preset,
  testMatch: ['<rootDir>/src/**/*.e2e-spec.ts'],
  moduleNameMapper: { '^@beatbot/([a-z-]+)$': '<rootDir>/../libs/$1/src' },
  testTimeout: 240_000,
};

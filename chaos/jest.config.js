const preset = require('../jest.preset.js');

module.exports = {
  ...preset,
  moduleNameMapper: {
    '^@beatbot/([a-z-]+)$': '<rootDir>/../libs/$1/src',
    '^@beatbot/contracts/(.+)$': '<rootDir>/../libs/contracts/src/generated/beatbot/$1',
  },
};

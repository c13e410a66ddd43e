import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

const services = ['gateway', 'orchestrator', 'composer', 'renderer', 'storage'];
const frameworks = [
  '@nestjs/*',
  '@grpc/*',
  '@langchain/*',
  'rxjs',
  'rxjs/*',
  'ioredis',
  'pg',
  'pino',
  'drizzle-orm',
  'express',
];
const io = ['fs', 'net', 'http', 'https', 'child_process', 'dgram', 'tls', 'dns'].flatMap((name) => [
  name,
  `${name}/*`,
  `node:${name}`,
  `node:${name}/*`,
]);
const otherServices = {
  regex: `^@beatbot/(${services.join('|')})(/|$)|\\./(${services.join('|')})/(src|dist|test)(/|$)`,
  message: 'No service imports another; share through libs or call by gRPC.',
};

/** Who may import whom: services import libs only; the pure libs import no framework and do no input or output. */
function forbid(files, patterns) {
  return { files, rules: { 'no-restricted-imports': ['error', { patterns: [otherServices, ...patterns] }] } };
}

export default tseslint.config(
  { ignores: ['**/dist/', '**/generated/', '**/node_modules/', '**/coverage/', '.nx/', '.beatbot/'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-require-imports': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    // No input shall make an expression try again and again.
    files: ['services/*/src/**/*.ts', 'libs/*/src/**/*.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': 'error',
    },
  },
  forbid(['services/**/*.ts', 'libs/**/*.ts'], []),
  forbid(
    ['libs/music/src/**/*.ts', 'libs/dsp/src/**/*.ts'],
    [
      { group: frameworks, message: 'The pure libraries import no framework.' },
      { group: io, message: 'The pure libraries do no input or output.' },
    ],
  ),
  {
    files: ['libs/music/src/**/*.ts', 'libs/dsp/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Randomness comes in as an argument.' },
        { object: 'Date', property: 'now', message: 'No clock in the pure libraries.' },
        { object: 'process', property: 'env', message: 'No environment in the pure libraries.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date']", message: 'No clock in the pure libraries.' },
      ],
    },
  },
  {
    files: [
      'libs/client/src/cli/**/*.ts',
      'libs/local-stack/src/**/*.ts',
      'e2e/**/*',
      'tools/**/*',
      'bench/**/*.ts',
      'chaos/**/*.ts',
    ],
    rules: { 'no-console': 'off' },
  },
);

import type { z } from 'zod';

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

const TYPES: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a JSON object',
};

const UNITS: Record<string, string> = { string: ' characters', array: ' items', set: ' items' };

/** What is allowed where an issue was found, as a phrase; schemas may say it better by a message of their own. */
export function allowedText(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? issue.expected;
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${UNITS[issue.origin] ?? ''}`;
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${UNITS[issue.origin] ?? ''}`;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return Array.isArray(issue.options) ? `one of ${issue.options.map(String).join(', ')}` : undefined;
    case 'unrecognized_keys':
      return `no such field; there are ${fieldNames(issue).join(', ') || 'none'}`;
    default:
      return undefined;
  }
}

function fieldNames(issue: RawIssue): string[] {
  const shape = (issue.inst as unknown as { def?: { shape?: object } } | undefined)?.def?.shape;
  return Object.keys(shape ?? {});
}

import { z } from 'zod';

/** Line breaks and tabs are text; all other control characters and lone surrogates are not. */
const NOT_TEXT = /[\p{Surrogate}\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u;
const NOT_A_LINE = /[\p{Surrogate}\p{Cc}]/u;

/** Text of up to `max` UTF-16 units that may have several lines. */
export function text(max: number) {
  const allowed = `text of at most ${max} characters without control characters`;
  return z
    .string()
    .max(max, allowed)
    .refine((value) => !NOT_TEXT.test(value), allowed);
}

/** One line of 1 to `max` UTF-16 units, not blank. */
export function line(max: number) {
  const allowed = `1 to ${max} characters on one line, not all blank, without control characters`;
  return z
    .string()
    .min(1, allowed)
    .max(max, allowed)
    .refine((value) => value.trim() !== '' && !NOT_A_LINE.test(value), allowed);
}

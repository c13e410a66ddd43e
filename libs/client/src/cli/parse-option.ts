import { InvalidArgumentError } from 'commander';

/** Parser of an option that is a number from `min` to `max`. */
export function number(min: number, max: number, { whole = true } = {}) {
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= min && value <= max) || (whole && !Number.isInteger(value))) {
      throw new InvalidArgumentError(`It must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}.`);
    }
    return value;
  };
}

/** Parser of an option that is a list of words, by commas: wav,mp3. */
export function listOf<Word extends string>(words: readonly Word[]) {
  return (text: string): Word[] =>
    text.split(',').map((part) => {
      const word = words.find((candidate) => candidate === part.trim());
      if (word === undefined)
        throw new InvalidArgumentError(`It must be one or more of ${words.join(', ')}, with commas between.`);
      return word;
    });
}

/** Parser of an option that may be repeated. */
export function collect(text: string, before: string[] = []): string[] {
  return [...before, text];
}

import { briefFigures } from './brief-bench';
import { CORPUS } from './corpus/corpus';

describe('the corpus of prompts', () => {
  it('holds at least 400, none of them twice', () => {
    const prompts = Object.values(CORPUS).flatMap((entries) => entries.map(([prompt]) => prompt));
    expect(prompts.length).toBeGreaterThanOrEqual(400);
    expect(new Set(prompts).size).toBe(prompts.length);
  });

  it('is read as a musician reads it', () => {
    const lines: string[] = [];
    const figures = briefFigures((line) => lines.push(line));
    const misread = lines.filter((line) => line.startsWith('misread'));
    const below = figures.filter(({ value, target = 0 }) => value < target).map(({ name }) => name);
    expect({ below, misread: below.length > 0 ? misread : [] }).toEqual({ below: [], misread: [] });
  });
});

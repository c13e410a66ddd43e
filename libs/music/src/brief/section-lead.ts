import type { Reading } from './reading';

const LEADS =
  /^(up|down|half|twice|double|acappella|in|at|with|without|only|is|are|has|have|using|on|no|:|=|should|gets|goes|played|starts|minus)$/;
const AFTER_ARTICLE = /^(cappella|tone|semitone|step|half|whole|minor|major|third|fourth|fifth)$/;

/** Whether what follows a section's name speaks of it: "in 3/4", "without drums", "a cappella", "a minor third higher". */
export function leadsOn(reading: Reading, at: number): boolean {
  const word = reading.word(at);
  return LEADS.test(word) || (word === 'a' && AFTER_ARTICLE.test(reading.word(at + 1)));
}

import type { Contradiction, Field } from './brief';
import type { Finding } from './reading';

/**
 * The value of a field of which a control and any number of findings may speak: the control beats the prompt, and of
 * findings the first one wins. What differs from it is a contradiction. Undefined where nobody speaks of it.
 * `show` writes a value out; equal texts are equal values.
 */
export function settle<T>(
  contradictions: Contradiction[],
  field: string,
  findings: readonly Finding<T>[],
  show: (value: T) => string,
  control?: T,
): Field<T> | undefined {
  const value = control ?? findings[0]?.value;
  if (value === undefined) return undefined;
  const chosen = show(value);
  const asked = [...new Set([...findings.map((finding) => show(finding.value)), chosen])];
  if (asked.length > 1) contradictions.push({ field, asked, chosen });
  const agreeing = findings.filter((finding) => show(finding.value) === chosen);
  return { value, provenance: 'stated', spans: agreeing.map((finding) => finding.span) };
}

/** A thing of a known class with its features; all examples have the same names. */
export interface Example {
  label: string;
  features: ReadonlyMap<string, number>;
}

/** Which class's mean an example is nearest to. */
export type Classifier = (features: ReadonlyMap<string, number>) => string;

/**
 * Learns the mean of every class; distances are Euclidean after each feature is divided by its standard deviation within
 * the classes, so that what varies inside a class counts little (R. Tibshirani et al., Diagnosis of multiple cancer types
 * by shrunken centroids of gene expression, PNAS 99(10), 2002, without shrinkage; as there, a constant is added to the
 * deviations, lest features that hardly vary within the classes decide all: half the deviation over all examples). Features that never vary are left out.
 */
export function nearestCentroid(examples: readonly Example[]): Classifier {
  const names = [...(examples[0]?.features.keys() ?? [])];
  const rows = examples.map(({ label, features }) => ({ label, values: names.map((name) => features.get(name) ?? 0) }));
  const labels = [...new Set(rows.map(({ label }) => label))];
  const overall = meanOf(rows.map(({ values }) => values));
  const centroids = labels.map((label) => ({
    label,
    centre: meanOf(rows.filter((row) => row.label === label).map(({ values }) => values)),
  }));
  const centreOf = new Map(centroids.map(({ label, centre }) => [label, centre]));
  const scales = names.map((_, index) => {
    const deviation = (from: (label: string) => number) =>
      Math.sqrt(
        rows.reduce((sum, { label, values }) => sum + ((values[index] ?? 0) - from(label)) ** 2, 0) / rows.length,
      );
    const all = deviation(() => overall[index] ?? 0);
    const within = deviation((label) => centreOf.get(label)?.[index] ?? 0);
    return all === 0 ? 0 : 1 / (within + all / 2);
  });
  return (features) => {
    const values = names.map((name) => features.get(name) ?? 0);
    const distance = (centre: readonly number[]) =>
      values.reduce((sum, value, index) => sum + ((value - (centre[index] ?? 0)) * (scales[index] ?? 0)) ** 2, 0);
    const ranked = centroids.map(({ label, centre }) => ({ label, far: distance(centre) }));
    return ranked.reduce((best, other) => (other.far < best.far ? other : best), { label: '', far: Infinity }).label;
  };
}

function meanOf(rows: readonly (readonly number[])[]): number[] {
  return (rows[0] ?? []).map((_, index) => rows.reduce((sum, row) => sum + (row[index] ?? 0), 0) / rows.length);
}

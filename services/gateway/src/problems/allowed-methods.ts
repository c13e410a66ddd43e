import type { Application } from 'express';

interface Layer {
  route?: { path: unknown; methods: Record<string, boolean> };
  match(path: string): boolean;
  params?: Record<string, unknown>;
}

/** The methods of all routes that fit a path, for the `Allow` header; none where no route does. */
export function allowedMethods(app: Application, path: string): string[] {
  const methods = new Set<string>();
  for (const layer of (app.router as unknown as { stack: Layer[] }).stack) {
    if (!layer.route || !fits(layer, path)) continue;
    for (const [method, here] of Object.entries(layer.route.methods))
      if (here && !method.startsWith('_')) methods.add(method.toUpperCase());
  }
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods].sort();
}

/** A parameter never holds a colon: what follows one is a verb, as in /v1/jobs/{job}:cancel. */
function fits(layer: Layer, path: string): boolean {
  try {
    return (
      layer.match(path) &&
      !Object.values(layer.params ?? {}).some((value) => typeof value === 'string' && value.includes(':'))
    );
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}

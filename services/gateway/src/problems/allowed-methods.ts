import { openApiDocument } from '../openapi/openapi-document';

interface Route {
  pattern: RegExp;
  methods: string[];
}

let routes: Route[] | undefined;

/** The methods of the routes that fit a path, for the `Allow` header; none where no route does. */
export function allowedMethods(path: string): string[] {
  routes ??= Object.entries(openApiDocument().paths).map(([documented, operations]) => ({
    pattern: patternOf(documented),
    methods: Object.keys(operations).map((method) => method.toUpperCase()),
  }));
  const methods = new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap((route) => route.methods));
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods].sort();
}

/** A parameter never holds a colon: what follows one is a verb, as in /v1/jobs/{job}:cancel. Names of assets hold slashes. */
function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace('{name}', '.+').replace(/\{\w+\}/g, '[^/:]+')}/?$`);
}

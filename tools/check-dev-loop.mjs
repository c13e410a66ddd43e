/**
 * Checks Tiltfile and skaffold.yaml without Tilt, Skaffold or a cluster: the Tiltfile by Starlark, as Tilt has it, against
 * recorded built-ins; skaffold.yaml, and what each profile makes of it, against the schema that Skaffold publishes; then
 * that every path, image, build target, chart value, workload and port they name exists. Needs helm and Go, which fetches
 * the interpreter and the schema.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

const STARLARK = 'go.starlark.net/cmd/starlark@v0.0.0-20260908191801-89a6a09411d5';
const SKAFFOLD = 'github.com/GoogleContainerTools/skaffold/v2@v2.16.1';

const root = resolve(import.meta.dirname, '..');
process.chdir(root);
const work = mkdtempSync(join(tmpdir(), 'dev-loop-'));
const execute = (command, args, options = {}) =>
  execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], ...options });
const services = readdirSync('services');
/** Files of the repository, by git's own globs. */
const matching = (...patterns) =>
  execute('git', ['ls-files', '--', ...patterns.map((pattern) => `:(glob)${pattern}`)])
    .split('\n')
    .filter(Boolean);
const projects = matching('libs/*/package.json', 'services/*/package.json').map(
  (file) => JSON.parse(readFileSync(file)).name,
);

// The Dockerfile: its targets, and what it copies from the context.

const dockerfile = readFileSync('Dockerfile', 'utf8').replace(/\\\n/g, ' ');
const targets = [...dockerfile.matchAll(/^FROM .* AS (\S+)/gm)].map(([, name]) => name);
const copied = (service) =>
  [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)]
    .flatMap(([, sources]) => sources.split(/\s+/))
    .map((source) => source.replace('${SERVICE}', service));

function* faultsOfImage(what, file, target, buildArgs) {
  if (!existsSync(file)) yield `${what}: there is no ${file}`;
  if (target && !targets.includes(target)) yield `${what}: the Dockerfile has no target ${target}`;
  for (const name of Object.keys(buildArgs)) {
    if (!new RegExp(`^ARG ${name}\\b`, 'm').test(dockerfile)) yield `${what}: the Dockerfile has no ARG ${name}`;
  }
  if (!services.includes(buildArgs.SERVICE)) yield `${what}: there is no service ${buildArgs.SERVICE}`;
}

/** The command that compiles a service in its pod. */
function* faultsOfCompile(what, command, service) {
  const compile =
    /^cd \/app && node_modules\/\.bin\/tsc -b (\S+) && node tools\/bundle-service\.mjs (\S+) && touch (\S+)\/dist\/main\.js$/;
  const [, folder, ...same] = compile.exec(command) ?? [];
  if (folder !== `services/${service}` || same.some((other) => other !== folder))
    yield `${what}: "${command}" does not compile ${service}`;
  else if (!existsSync(`${folder}/src/main.ts`)) yield `${what}: ${folder} has no src/main.ts`;
}

/** The chart's objects, or why it cannot be rendered. */
function render(chart, values, sets) {
  for (const file of [join(chart, 'Chart.yaml'), ...values])
    if (!existsSync(file)) return { faults: [`there is no ${file}`] };
  const options = [...values.flatMap((file) => ['-f', file]), ...sets.flatMap((set) => ['--set', set])];
  try {
    const text = execute('helm', ['template', 'beatbot', chart, '--kube-version', '1.34.0', ...options]);
    return {
      faults: [],
      objects: parseAllDocuments(text)
        .map((document) => document.toJS())
        .filter(Boolean),
    };
  } catch (error) {
    return { faults: [`the chart takes no such values: ${error.stderr}`] };
  }
}
const workloadsOf = (objects) =>
  objects
    .filter(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind))
    .map(({ metadata, spec }) => ({ name: metadata.name, container: spec.template.spec.containers[0] }));

// The Tiltfile.

function run(tiltfile) {
  const program = join(work, 'program.star');
  const builtIns = readFileSync('tools/tilt-builtins.star', 'utf8');
  writeFileSync(program, `${builtIns}${tiltfile}\nprint(json.encode(CALLS))\n`);
  const bin = resolve('node_modules/.cache/starlark');
  if (!existsSync(join(bin, 'starlark'))) execute('go', ['install', STARLARK], { env: { ...process.env, GOBIN: bin } });
  // Tilt allows statements at the top level, too. print writes to standard error.
  return JSON.parse(execute('sh', ['-c', '"$1" -globalreassign "$2" 2>&1', 'sh', join(bin, 'starlark'), program]));
}

function* faultsOfTiltfile(tiltfile) {
  let calls;
  try {
    calls = run(tiltfile);
  } catch (error) {
    yield `it does not run: ${error.stdout || error.stderr || error.message}`;
    return;
  }
  const of = (name) => calls.filter(({ call }) => call === name);
  const [yaml] = of('k8s_yaml');
  const { faults, objects = [] } = render(yaml.helm.chart, yaml.helm.values, yaml.helm.set);
  yield* faults;
  const workloads = workloadsOf(objects);
  const images = workloads.map(({ container }) => container.image.replace(/:[^:]*$/, ''));
  const resources = [...workloads.map(({ name }) => name), ...of('local_resource').map(({ name }) => name)];
  for (const build of of('docker_build')) {
    const service = build.build_args.SERVICE;
    yield* faultsOfImage(build.ref, build.dockerfile, build.target, build.build_args);
    if (!images.includes(build.ref)) yield `${build.ref}: no workload of the chart has this image`;
    for (const path of build.only) if (!existsSync(path)) yield `${build.ref}: only: there is no ${path}`;
    const covered = (path) => build.only.some((only) => path === only || path.startsWith(`${only}/`));
    for (const path of copied(service)) {
      const parts = existsSync(path) && statSync(path).isDirectory() ? [] : [path];
      // Of `libs` only some are compiled into images; a folder is covered by what lies in it.
      if (!covered(path) && (parts.length > 0 || !build.only.some((only) => only.startsWith(`${path}/`)))) {
        yield `${build.ref}: the Dockerfile copies ${path}, which is not in only`;
      }
    }
    const steps = build.live_update;
    for (const { step, local_path: local, remote_path: remote } of steps.filter(({ step }) => step === 'sync')) {
      if (!existsSync(local)) yield `${build.ref}: ${step}: there is no ${local}`;
      if (!covered(local)) yield `${build.ref}: ${step}: ${local} is not in only`;
      if (remote !== `/app/${local}`) yield `${build.ref}: ${step}: ${local} does not lie at ${remote}`;
    }
    const names = steps.map(({ step }) => step);
    if (names.lastIndexOf('sync') > names.indexOf('run')) yield `${build.ref}: sync after run`;
    const commands = steps.filter(({ step }) => step === 'run');
    if (commands.length !== 1) yield `${build.ref}: ${commands.length} commands compile it`;
    for (const { cmd } of commands) yield* faultsOfCompile(build.ref, cmd, service);
  }
  for (const image of images.filter((name) => name.includes('/beatbot/'))) {
    if (!of('docker_build').some(({ ref }) => ref === image)) yield `nothing builds ${image}`;
  }
  for (const { workload, port_forwards: forwards, resource_deps: needed } of of('k8s_resource')) {
    const found = workloads.find(({ name }) => name === workload);
    if (!found) yield `the chart has no workload ${workload}`;
    for (const forward of forwards) {
      const port = Number(String(forward).split(':').at(-1));
      if (!found?.container.ports.some(({ containerPort }) => containerPort === port))
        yield `${workload} has no port ${port}`;
    }
    for (const name of needed) if (!resources.includes(name)) yield `${workload} needs ${name}, which is nothing`;
  }
  for (const { name, cmd, trigger_mode: mode, auto_init: init, resource_deps: needed } of of('local_resource')) {
    const [command, first, second, third] = cmd;
    if (mode !== 'manual' || init) yield `${name} is no button: it runs by itself`;
    if (command !== 'npx' && !(existsSync(command) && statSync(command).mode & 0o100))
      yield `${name}: ${command} cannot be run`;
    if (command === 'npx' && !existsSync(`node_modules/.bin/${first}`)) yield `${name}: there is no command ${first}`;
    if (first === 'nx' && !(second === 'test' && projects.includes(third)))
      yield `${name}: there is no project ${third}`;
    for (const one of needed) if (!resources.includes(one)) yield `${name} needs ${one}, which is nothing`;
  }
}

// skaffold.yaml.

const Ajv = createRequire(new URL('../services/gateway/package.json', import.meta.url))('ajv').default;

let schemas;
function schemaOf(apiVersion) {
  schemas ??= JSON.parse(execute('go', ['mod', 'download', '-json', SKAFFOLD], { cwd: work })).Dir;
  const file = join(schemas, 'docs-v2/content/en/schemas', `${apiVersion.replace('skaffold/', '')}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file)) : undefined;
}

/** A profile's JSON patches (RFC 6902), of which Skaffold takes add, replace and remove. @throws where a path is not there */
function patched(config, patches) {
  const result = structuredClone(config);
  for (const { op = 'replace', path, value } of patches) {
    const keys = path.split('/').slice(1);
    const last = keys.pop();
    const parent = keys.reduce((node, key) => node?.[key], result);
    if (parent === undefined || (op !== 'add' && parent[last] === undefined)) throw new Error(`there is no ${path}`);
    if (op === 'remove') delete parent[last];
    else parent[last] = value;
  }
  return result;
}

function* faultsOfConfig(what, config) {
  const artifacts = config.build.artifacts;
  for (const { image, context, docker, sync } of artifacts) {
    const service = docker.buildArgs.SERVICE;
    yield* faultsOfImage(`${what}: ${image}`, join(context, docker.dockerfile), docker.target, docker.buildArgs);
    for (const { src, dest } of sync?.manual ?? []) {
      if (matching(src).length === 0) yield `${what}: ${image}: nothing is at ${src}`;
      if (dest !== '/app') yield `${what}: ${image}: sources do not lie at ${dest}`;
    }
    for (const { container } of sync?.hooks?.after ?? []) {
      yield* faultsOfCompile(`${what}: ${image}`, container.command.at(-1), service);
    }
    if (Boolean(sync) !== (docker.target === 'dev'))
      yield `${what}: ${image}: sources are edited in images of the target dev only`;
  }
  for (const release of config.deploy.helm.releases) {
    const variables = Object.fromEntries(
      artifacts.flatMap(({ image }) => {
        const name = image.replace(/[^a-z0-9]/gi, '_');
        return [
          [`{{.IMAGE_REPO_${name}}}`, `built/${image}`],
          [`{{.IMAGE_TAG_${name}}}`, 'built'],
        ];
      }),
    );
    const sets = Object.entries(release.setValueTemplates).map(([key, text]) => {
      return `${key}=${variables[text] ?? text}`;
    });
    for (const text of Object.values(release.setValueTemplates)) {
      if (!(text in variables)) yield `${what}: nothing is built for ${text}`;
    }
    const { faults, objects = [] } = render(
      release.chartPath,
      release.valuesFiles,
      sets.filter((set) => !set.includes('{{')),
    );
    yield* faults.map((fault) => `${what}: ${fault}`);
    const used = workloadsOf(objects).map(({ container }) => container.image);
    for (const { image } of artifacts) {
      if (!used.includes(`built/${image}:built`)) yield `${what}: no workload of the chart runs ${image}`;
    }
    const left = used.filter((image) => image.includes('/beatbot/') && !image.startsWith('built/'));
    for (const image of left) yield `${what}: nothing builds ${image}`;
    for (const { resourceType, resourceName, port, namespace } of config.portForward) {
      const service = objects.find(
        ({ kind, metadata }) => kind.toLowerCase() === resourceType && metadata.name === resourceName,
      );
      if (!service?.spec.ports.some((one) => one.port === port)) yield `${what}: ${resourceName} has no port ${port}`;
      if (namespace !== release.namespace) yield `${what}: ${resourceName} is not in ${namespace}`;
    }
    for (const { host } of config.deploy.helm.hooks?.after ?? []) {
      const told = host.command.slice(0, 5).join(' ');
      if (told !== `helm -n ${release.namespace} test ${release.name}`) yield `${what}: "${told}" tests no release`;
    }
  }
}

function* faultsOfSkaffold(text) {
  const { profiles, ...config } = parse(text);
  const schema = schemaOf(config.apiVersion);
  if (!schema) {
    yield `${SKAFFOLD} has no schema of ${config.apiVersion}`;
    return;
  }
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);
  const invalid = (what, value) =>
    validate(value)
      ? []
      : validate.errors.map(
          (error) => `${what}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
        );
  const faults = invalid('the file', { ...config, profiles });
  yield* faults;
  if (faults.length > 0) return;
  yield* faultsOfConfig('without a profile', config);
  for (const { name, patches } of profiles) {
    try {
      const changed = patched(config, patches);
      const wrong = invalid(`profile ${name}`, changed);
      yield* wrong;
      if (wrong.length === 0) yield* faultsOfConfig(`profile ${name}`, changed);
    } catch (error) {
      yield `profile ${name}: ${error.message}`;
    }
  }
  for (const name of ['dev', 'run', 'e2e'])
    if (!profiles.some((one) => one.name === name)) yield `there is no profile ${name}`;
}

// Both, and that what is wrong is seen.

const files = [
  {
    file: 'Tiltfile',
    faultsOf: faultsOfTiltfile,
    mistakes: [
      ["target = 'dev'", "target = 'develop'", 'a build target that does not exist'],
      ["'bench', 'chaos'", "'bench'", 'a path that the image needs and Tilt does not watch'],
      ["'k8s/dev/passwords.yaml'", "'k8s/dev/password.yaml'", 'a file of values that does not exist'],
      ["['8080:8080']", "['8080:8081']", 'a port that no container has'],
      ['auto_init = False', 'autoinit = False', 'an argument that Tilt does not know'],
      ["'postgresql', 'redis', 's3'", "'postgresql', 'minio'", 'a workload that does not exist'],
      ["'@beatbot/'", "'@beat/'", 'a project that does not exist'],
    ],
  },
  {
    file: 'skaffold.yaml',
    faultsOf: faultsOfSkaffold,
    mistakes: [
      ['valuesFiles:', 'valueFiles:', 'a field that Skaffold does not know'],
      ['SERVICE: renderer', 'SERVICE: drummer', 'a service that does not exist'],
      ['services.storage.image.tag', 'services.storage.images.tag', 'a value that the chart does not know'],
      ['/build/artifacts/4/docker/target', '/build/artifacts/5/docker/target', 'a patch of what is not there'],
      ['services/gateway/src/**/*.ts', 'services/gateway/source/**/*.ts', 'sources that do not exist'],
      ['{{.IMAGE_TAG_beatbot_composer}}', '{{.IMAGE_TAG_composer}}', 'an image that is not built'],
    ],
  },
];

let failed = 0;
const report = (right, what) => {
  console.log(`${right ? 'ok   ' : 'FAIL '} ${what}`);
  if (!right) failed++;
};
const has = (command, ...args) => {
  try {
    execute(command, args);
    return true;
  } catch {
    return false;
  }
};

try {
  if (!has('go', 'version') || !has('helm', 'version')) {
    console.log('skip  Tiltfile and skaffold.yaml (need helm, and Go for Starlark and the schema)');
  } else {
    for (const { file, faultsOf, mistakes } of files) {
      const text = readFileSync(file, 'utf8');
      const faults = [...faultsOf(text)];
      report(
        faults.length === 0,
        `${file}: everything that it names exists${faults.map((fault) => `\n      ${fault}`).join('')}`,
      );
      for (const [right, wrong, what] of mistakes) {
        const seen =
          text.includes(right) && [...faultsOf(text.replace(right, wrong))].some((fault) => !faults.includes(fault));
        report(seen, `${file}: ${what} is seen`);
      }
    }
  }
} finally {
  rmSync(work, { recursive: true });
}
process.exitCode = failed > 0 ? 1 : 0;

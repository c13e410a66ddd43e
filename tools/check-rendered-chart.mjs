// Sentences that must be true of every rendering of the chart, one line each: check-rendered-chart.mjs RENDERING.yaml NOTES.txt
import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

const [file, notesFile] = process.argv.slice(2);
const notes = readFileSync(notesFile, 'utf8');
const objects = parseAllDocuments(readFileSync(file, 'utf8'))
  .map((document) => document.toJS())
  .filter(Boolean);
const ofKind = (...kinds) => objects.filter(({ kind }) => kinds.includes(kind));
const workloads = ofKind('Deployment', 'StatefulSet').map(({ metadata, spec }) => ({
  name: metadata.name,
  labels: spec.template.metadata.labels,
  pod: spec.template.spec,
  container: spec.template.spec.containers[0],
}));
const component = ({ matchLabels } = {}) => matchLabels?.['app.kubernetes.io/component'];
const selects = (selector, labels) => Object.entries(selector).every(([key, value]) => labels[key] === value);
const secretsRead = workloads.flatMap(({ name, pod, container }) => [
  ...(container.env ?? []).flatMap(({ valueFrom }) =>
    valueFrom ? [{ name, secret: valueFrom.secretKeyRef.name, key: valueFrom.secretKeyRef.key }] : [],
  ),
  ...pod.volumes.flatMap(({ secret }) =>
    (secret?.items ?? []).map(({ key }) => ({ name, secret: secret.secretName, key })),
  ),
]);

const sentences = {
  'every Service leads to one workload, by ports that it has': () =>
    ofKind('Service').flatMap(({ metadata, spec }) => {
      const found = workloads.filter(({ labels }) => selects(spec.selector, labels));
      if (found.length !== 1) return [`${metadata.name} selects ${found.length}`];
      const ports = found[0].container.ports.map(({ name }) => name);
      return spec.ports
        .filter(({ targetPort }) => !ports.includes(targetPort))
        .map(({ name }) => `${metadata.name}: ${name}`);
    }),
  'every address in the environment is that of a Service': () =>
    workloads.flatMap(({ name, container }) =>
      (container.env ?? [])
        .map(({ name: variable, value }) =>
          /^(?:dns:\/\/\/|http:\/\/)([^:/.]+):(\d+)$/
            .exec(value ?? '')
            ?.slice(1)
            .concat(variable),
        )
        .filter((address) => address && !address[2].startsWith('OTEL'))
        .filter(
          ([host, port]) =>
            !ofKind('Service').some(
              ({ metadata, spec }) => metadata.name === host && spec.ports.some((one) => one.port === Number(port)),
            ),
        )
        .map(([host, port]) => `${name}: ${host}:${port}`),
    ),
  'every pod has an account of its own, which exists': () => {
    const accounts = ofKind('ServiceAccount').map(({ metadata }) => metadata.name);
    const used = workloads.map(({ pod }) => pod.serviceAccountName);
    return [
      ...used.filter((name) => !accounts.includes(name)),
      ...used.filter((name, index) => used.indexOf(name) !== index),
    ];
  },
  'every key of a Secret that pods read is made by the chart or named in its notes': () => {
    const made = new Map(ofKind('Secret').map(({ metadata, data }) => [metadata.name, Object.keys(data)]));
    const named = ({ secret, key }) => new RegExp(`^ *${secret}: .*\\b${key}\\b`, 'm').test(notes);
    return secretsRead
      .filter((read) => !(made.has(read.secret) ? made.get(read.secret).includes(read.key) : named(read)))
      .map(({ name, secret, key }) => `${name}: ${secret}/${key}`);
  },
  'who may send is who may receive, and no edge but those of the picture': () => {
    const policies = ofKind('NetworkPolicy');
    const known = new Set(policies.map(({ spec }) => component(spec.podSelector)).filter(Boolean));
    const out = policies.flatMap(({ spec }) =>
      (spec.egress ?? []).flatMap(({ to = [] }) =>
        to
          .filter(({ podSelector }) => known.has(component(podSelector)))
          .map(({ podSelector }) => `${component(spec.podSelector)} > ${component(podSelector)}`),
      ),
    );
    const inward = policies.flatMap(({ spec }) =>
      (spec.ingress ?? []).flatMap(({ from = [] }) =>
        from
          .filter(({ podSelector }) => known.has(component(podSelector)))
          .map(({ podSelector }) => `${component(podSelector)} > ${component(spec.podSelector)}`),
      ),
    );
    const picture = {
      gateway: ['orchestrator', 'composer', 'renderer', 'storage', 'redis'],
      orchestrator: ['composer', 'renderer', 'storage', 'redis'],
      composer: ['storage', 'redis'],
      renderer: ['storage'],
      storage: ['postgresql', 's3'],
    };
    const edges = Object.entries(picture)
      .flatMap(([from, targets]) => targets.map((to) => `${from} > ${to}`))
      .filter((edge) => known.has(edge.split(' > ')[1]));
    const differ = (a, b) => a.filter((edge) => !b.includes(edge));
    return [
      ...differ(out, edges).map((edge) => `${edge} may be sent`),
      ...differ(inward, edges).map((edge) => `${edge} may be received`),
      ...differ(edges, out).map((edge) => `${edge} may not be sent`),
      ...differ(edges, inward).map((edge) => `${edge} may not be received`),
    ];
  },
  'every policy is for a workload, and one denies what none allows': () => {
    const policies = ofKind('NetworkPolicy');
    const denied = policies.find(({ spec }) => !component(spec.podSelector) && !spec.ingress && !spec.egress);
    return [
      ...(denied && workloads.every(({ labels }) => selects(denied.spec.podSelector.matchLabels, labels))
        ? []
        : ['no default deny']),
      ...policies
        .filter(({ spec }) => !workloads.some(({ labels }) => selects(spec.podSelector.matchLabels, labels)))
        .map(({ metadata }) => metadata.name),
    ];
  },
  'memory is bounded, CPU is asked for and not bounded': () =>
    workloads
      .filter(
        ({ container: { resources } }) =>
          !(resources.requests.cpu && resources.requests.memory && resources.limits.memory && !resources.limits.cpu),
      )
      .map(({ name }) => name),
  'a pod is given longer to stop than it takes': () =>
    workloads.flatMap(({ name, pod, container }) => {
      const grace = container.env?.find((variable) => variable.name === 'SHUTDOWN_GRACE_SECONDS');
      if (!grace) return [];
      const takes = (container.lifecycle?.preStop.sleep.seconds ?? 0) + Number(grace.value) + 15;
      return pod.terminationGracePeriodSeconds > takes
        ? []
        : [`${name}: ${pod.terminationGracePeriodSeconds} s for ${takes} s`];
    }),
  'no variable is set twice': () =>
    workloads.flatMap(({ name, container }) => {
      const names = (container.env ?? []).map((variable) => variable.name);
      return names.filter((one, index) => names.indexOf(one) !== index).map((one) => `${name}: ${one}`);
    }),
  'only the volumes of bundled servers and a Secret stay after an uninstall, and the notes name them': () => {
    const stay = [
      ...ofKind('StatefulSet').flatMap(({ metadata, spec }) =>
        spec.volumeClaimTemplates.map((claim) => `the claim ${claim.metadata.name}-${metadata.name}-0`),
      ),
      ...objects
        .filter(({ metadata }) => metadata.annotations?.['helm.sh/resource-policy'] === 'keep')
        .map(({ kind, metadata }) => `the ${kind} ${metadata.name}`),
    ];
    const named = notes.match(/the (?:claim|Secret) \S*\w/g) ?? [];
    return [
      ...stay.filter((one) => !named.includes(one)),
      ...named.filter((one) => !stay.includes(one)).map((one) => `${one} is named only`),
    ];
  },
};

let failed = false;
for (const [sentence, check] of Object.entries(sentences)) {
  const wrong = check();
  console.log(wrong.length === 0 ? `ok    ${file}: ${sentence}` : `FAIL  ${file}: ${sentence}: ${wrong.join(', ')}`);
  failed ||= wrong.length > 0;
}
process.exitCode = failed ? 1 : 0;

// In a pod of service FROM of release RELEASE: which servers of the release it reaches, and whether it has a token.
// Prints "right | +reached -refused ...", or what is wrong in place of "right".
import { existsSync } from 'node:fs';
import { connect } from 'node:net';

const [from, release] = process.argv.slice(2);
const allowed = {
  gateway: ['orchestrator', 'composer', 'renderer', 'storage', 'redis', 'gateway'],
  orchestrator: ['composer', 'renderer', 'storage', 'redis', 'gateway'],
  composer: ['storage', 'redis', 'gateway'],
  renderer: ['storage', 'gateway'],
  storage: ['postgresql', 's3', 'gateway'],
}[from];
// The gateway is open to everybody; but that others of the release reach it takes their own permission to go out.
const may = new Set(allowed.filter((name) => name !== 'gateway'));
const targets = [
  ...['orchestrator', 'composer', 'renderer', 'storage'].map((name) => [name, `${release}-${name}`, 50051]),
  ['gateway', `${release}-gateway`, 8080],
  ['redis', `${release}-redis`, 6379],
  ['postgresql', `${release}-postgresql`, 5432],
  ['s3', `${release}-s3`, 7070],
  ['metrics', `${release}-${from === 'storage' ? 'gateway' : 'storage'}`, 9464],
  ['the API server', 'kubernetes.default.svc', 443],
];
const reach = (host, port) =>
  new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (answer) => (socket.destroy(), resolve(answer));
    socket.setTimeout(2000, () => end(false));
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });

const wrong = [];
const seen = await Promise.all(
  targets
    .filter(([name]) => name !== from)
    .map(async ([name, host, port]) => {
      const reached = await reach(host, port);
      if (reached !== may.has(name)) wrong.push(`${name} is ${reached ? 'reached' : 'not reached'}`);
      return `${reached ? '+' : '-'}${name}`;
    }),
);
if (existsSync('/var/run/secrets/kubernetes.io/serviceaccount/token')) wrong.push('it has a token');
console.log(wrong.length === 0 ? 'right' : wrong.join('; '), '|', seen.join(' '));

// Asks the gateway at URL ten times a second, over a connection each so that the Service chooses a pod anew, until the
// file /tmp/stop is there. Prints "begun", what failed first, and "failed N of M".
import { existsSync } from 'node:fs';
import { get } from 'node:http';

const paths = ['/v1/songs', '/v1/styles', '/v1/instruments', '/v1/jobs'];
const failed = [];
let sent = 0;
let open = 0;

function ask(path) {
  open += 1;
  const end = (why) => {
    open -= 1;
    if (why) failed.push(`${new Date().toISOString()} ${path}: ${why}`);
  };
  get(process.argv[2] + path, { agent: false, timeout: 20_000 }, (response) => {
    response.resume().on('end', () => end(response.statusCode === 200 ? '' : response.statusCode));
  })
    .on('timeout', function () {
      this.destroy(new Error('no answer in 20 s'));
    })
    .on('error', (error) => end(error.message));
}

const asking = setInterval(() => ask(paths[sent++ % paths.length]), 100);
console.log('begun');
const waiting = setInterval(() => {
  if (!existsSync('/tmp/stop')) return;
  clearInterval(asking);
  if (open > 0) return;
  clearInterval(waiting);
  for (const why of failed.slice(0, 5)) console.log(why);
  console.log(`failed ${failed.length} of ${sent}`);
}, 200);

// Asks the gateway at URL for what every service behind it has a part in, until all answers are good; prints "all answer".
import { setTimeout as sleep } from 'node:timers/promises';

for (const path of ['/v1/songs', '/v1/styles', '/v1/instruments', '/v1/jobs']) {
  for (;;) {
    const answer = await fetch(process.argv[2] + path, { signal: AbortSignal.timeout(10_000) }).catch((error) => error);
    if (answer.status === 200) break;
    await sleep(200);
  }
}
console.log('all answer');

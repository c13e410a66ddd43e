// In a renderer's pod: how many renders it has ended well.
const text = await (await fetch('http://127.0.0.1:9464/metrics')).text();
let renders = 0;
for (const line of text.split('\n')) {
  const match = /^grpc_server_handled_total\{.*grpc_method="RenderAssets".*grpc_code="OK".*\} (\d+)/.exec(line);
  if (match) renders += Number(match[1]);
}
console.log(renders);

// One life of a function: load the bundle, answer one event, say how long both took, and end.
const [file, event, expected] = process.argv.slice(2);
const started = performance.now();
const { handler } = require(file);
const loaded = performance.now();
const context = {
  awsRequestId: 'request-1',
  functionName: 'bench',
  functionVersion: '$LATEST',
  memoryLimitInMB: '512',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:bench',
  getRemainingTimeInMillis: () => 10_000,
};
handler(JSON.parse(event), context).then((answer) => {
  const { statusCode = 200 } = answer ?? {};
  const { user, system } = process.cpuUsage();
  const said = {
    load: loaded - started,
    invoke: performance.now() - loaded,
    cpu: (user + system) / 1000,
    failed: statusCode >= 300 || !JSON.stringify(answer ?? null).includes(expected),
  };
  process.send(said, () => process.exit());
});

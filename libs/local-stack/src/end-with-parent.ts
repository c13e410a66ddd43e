/** Loaded into each service before anything else: when whoever started it is gone, it stops as if asked to. */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// The channel alone must not keep a service alive that wants to end.
process.channel?.unref();

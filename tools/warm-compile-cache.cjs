// Loads ./dist/main.bundle.js without starting it, so that Node writes its compiled code into NODE_COMPILE_CACHE: a port
// that is none lets the service end by a ConfigurationError once everything is loaded. Any other end is an error.
process.env.HTTP_PORT = 'none';
process.on('uncaughtException', (error) => {
  if (error.name === 'ConfigurationError') process.exit(0);
  console.error(error);
  process.exit(1);
});
require(`${process.cwd()}/dist/main.bundle.js`);

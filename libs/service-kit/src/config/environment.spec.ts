import { z } from 'zod';
import { baseEnvironment, ConfigurationError, readEnvironment, redisEnvironment } from './environment';

const schema = baseEnvironment.extend(redisEnvironment.shape).extend({ CACHE_SECONDS: z.coerce.number().int().min(1) });
const good = { REDIS_URL: 'redis://localhost:6379', CACHE_SECONDS: '60' };

function failure(environment: NodeJS.ProcessEnv): string {
  try {
    readEnvironment(schema, environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  throw new Error('it was read');
}

describe('readEnvironment', () => {
  it('reads numbers and gives defaults', () => {
    expect(readEnvironment(schema, { ...good, GRPC_PORT: '7000' })).toMatchObject({
      GRPC_PORT: 7000,
      HTTP_PORT: 8080,
      HOST: '0.0.0.0',
      CACHE_SECONDS: 60,
    });
  });

  it('counts an empty variable as unset', () => {
    expect(readEnvironment(schema, { ...good, LOG_LEVEL: '', OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toMatchObject({
      LOG_LEVEL: 'info',
    });
  });

  it('names every bad variable, its value and what is allowed', () => {
    const message = failure({
      REDIS_URL: good.REDIS_URL,
      CACHE_SECONDS: 'soon',
      LOG_LEVEL: 'loud',
      GRPC_PORT: '70000',
    });
    expect(message).toMatch(/GRPC_PORT is "70000": .*65535/);
    expect(message).toMatch(/LOG_LEVEL is "loud": .*"info"/);
    expect(message).toMatch(/CACHE_SECONDS is "soon": .*number/);
  });

  it('names a missing variable', () => {
    expect(failure({ CACHE_SECONDS: '1' })).toMatch(/REDIS_URL is not set/);
  });

  it('does not show what may hold a password', () => {
    const message = failure({ ...good, REDIS_URL: 'http://user:secret@host' });
    expect(message).toMatch(/REDIS_URL is set to a bad value: must be a redis:/);
    expect(message).not.toContain('secret');
  });
});

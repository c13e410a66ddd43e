import { readEnvironment } from '@beatbot/service-kit';
import { environment } from './config';

const database = { DATABASE_URL: 'postgres://localhost/beatbot' };
const folder = {
  OBJECT_STORE_PATH: '/objects',
  OBJECT_SIGNING_SECRET: 'a secret of the tests',
  OBJECT_PUBLIC_URL: 'http://localhost:8080',
};
const read = (given: NodeJS.ProcessEnv) => readEnvironment(environment, { ...database, ...given });

describe('the choice of the object store', () => {
  it('is the one whose variables are given', () => {
    expect(read(folder)).toMatchObject({ OBJECT_STORE: 'file-system', ...folder, OBJECT_GRACE_HOURS: 24 });
    expect(read({ S3_BUCKET: 'songs' })).toMatchObject({
      OBJECT_STORE: 's3',
      S3_BUCKET: 'songs',
      S3_REGION: 'us-east-1',
      S3_PREFIX: '',
      S3_FORCE_PATH_STYLE: false,
      OBJECT_GRACE_HOURS: 24,
      DATABASE_POOL_SIZE: 10,
    });
  });

  it('can be said, and must be where both are given', () => {
    const both = { ...folder, S3_BUCKET: 'songs' };
    expect(read({ ...both, OBJECT_STORE: 's3' })).toMatchObject({ OBJECT_STORE: 's3' });
    expect(read({ ...both, OBJECT_STORE: 'file-system' })).toMatchObject({ OBJECT_STORE: 'file-system' });
    expect(() => read(both)).toThrow('OBJECT_STORE is not set: must be file-system or s3');
    expect(() => read({ ...both, OBJECT_STORE: 'nfs' })).toThrow('OBJECT_STORE is "nfs": must be file-system or s3');
  });

  it('asks for what the chosen one needs and for nothing else', () => {
    expect(() => read({})).toThrow(/OBJECT_STORE_PATH is not set(.|\n)*OBJECT_SIGNING_SECRET is not set/);
    expect(() => read({ OBJECT_STORE: 's3', ...folder })).toThrow(/^environment variable S3_BUCKET is not set.*$/);
    expect(read({ OBJECT_STORE: 'file-system', ...folder, S3_BUCKET: 'No Bucket' })).not.toHaveProperty('S3_BUCKET');
  });

  it('names every bad variable, those of both kinds at once', () => {
    const bad = {
      OBJECT_STORE: 's3',
      DATABASE_POOL_SIZE: '0',
      S3_BUCKET: 'No Bucket',
      S3_ENDPOINT: 'minio:9000',
      S3_PREFIX: '../songs',
      S3_FORCE_PATH_STYLE: 'perhaps',
      S3_MAX_ATTEMPTS: '0',
    };
    for (const message of [
      'DATABASE_POOL_SIZE is "0"',
      'S3_BUCKET is "No Bucket": must be a bucket',
      'S3_ENDPOINT is "minio:9000": must be an http:// or https:// URL',
      'S3_PREFIX is "../songs": must be a folder',
      'S3_FORCE_PATH_STYLE is "perhaps": must be true or false',
      'S3_MAX_ATTEMPTS is "0"',
    ]) {
      expect(() => read(bad)).toThrow(message);
    }
  });

  it('takes the region of the AWS SDK, and ends a prefix with a slash', () => {
    expect(read({ S3_BUCKET: 'songs', AWS_REGION: 'eu-west-1', S3_PREFIX: 'a/b' })).toMatchObject({
      S3_REGION: 'eu-west-1',
      S3_PREFIX: 'a/b/',
    });
    expect(read({ S3_BUCKET: 'songs', AWS_REGION: 'eu-west-1', S3_REGION: 'eu-north-1' })).toMatchObject({
      S3_REGION: 'eu-north-1',
    });
  });
});

describe('read replicas', () => {
  it('are URLs with white space between, none where nothing is given', () => {
    expect(read(folder).DATABASE_REPLICA_URLS).toEqual([]);
    const DATABASE_REPLICA_URLS = ' postgres://a/b\n postgresql://me:pass@c:5433/d\n';
    expect(read({ ...folder, DATABASE_REPLICA_URLS }).DATABASE_REPLICA_URLS).toEqual([
      'postgres://a/b',
      'postgresql://me:pass@c:5433/d',
    ]);
  });

  it('are refused where one is no URL of PostgreSQL, without showing a password', () => {
    const DATABASE_REPLICA_URLS = 'postgres://a/b mysql://me:secret@c/d';
    expect(() => read({ ...folder, DATABASE_REPLICA_URLS })).toThrow(
      /^environment variable DATABASE_REPLICA_URLS is set to a bad value: must be postgres:\/\/ or postgresql:\/\/ URLs/,
    );
    expect(() => read({ ...folder, DATABASE_REPLICA_MAX_LAG_MS: '5' })).toThrow('DATABASE_REPLICA_MAX_LAG_MS is "5"');
  });
});

export { RedisCheckpointSaver, type RedisCheckpointSaverOptions } from './redis-checkpoint-saver';

export {
  baseEnvironment,
  type BaseConfig,
  CONFIG,
  ConfigurationError,
  port,
  readEnvironment,
  type RedisConfig,
  redisEnvironment,
} from './config/environment';
export {
  DomainError,
  type DomainErrorOptions,
  type FieldViolation,
  invalidArgument,
  shortText,
} from './errors/domain-error';
export { domainErrorFromGrpc, ERROR_DOMAIN, toGrpcStatus } from './errors/grpc-status';
export { isReason, type Reason, REASONS } from './errors/reasons';
export { toDomainError } from './errors/to-domain-error';
export { channelCredentials, serverCredentials } from './grpc/certificate-files';
export { CallContext, callContext, OWNER_KEY, REQUEST_ID_KEY, type ServerCall } from './grpc/call-context';
export { GrpcClientStream, GrpcServerStream } from './grpc/decorators';
export {
  type CallOptions,
  type GrpcClient,
  grpcClient,
  type GrpcClientOptions,
  type GrpcServiceDefinition,
} from './grpc/grpc-client';
export { grpcClientProvider } from './grpc/grpc-client-provider';
export type { ProtoPackage } from './grpc/proto-package';
export { untilAborted } from './grpc/until-aborted';
export { peerReadinessProvider } from './health/peer-readiness';
export { Readiness, type ReadinessState } from './health/readiness';
export { Lifecycle } from './lifecycle/lifecycle';
export { createLogger } from './logging/logger';
export { Metrics } from './metrics/metrics';
export { createRedis, redisProvider } from './redis/redis-provider';
export { type RunningService, runService, type ServiceOptions } from './run-service';
export { ServiceKitModule } from './service-kit.module';

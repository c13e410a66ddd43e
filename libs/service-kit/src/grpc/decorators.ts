import { GrpcMethod } from '@nestjs/microservices';

type Decorate<F> = <T extends F>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<T>) => void;

type ServerStream = (request: never, ...rest: never[]) => AsyncIterable<object>;
type ClientStream = (requests: never, ...rest: never[]) => Promise<object>;

/** Marks a controller's method as a server stream: it returns an AsyncIterable, which is read only as fast as the caller reads, and left when the caller goes. */
export function GrpcServerStream(service: string, method?: string): Decorate<ServerStream> {
  return GrpcMethod(service, method);
}

/** Marks a controller's method as a client stream: its first argument is an AsyncIterable of requests, which holds the caller back while the handler is busy. */
export function GrpcClientStream(service: string, method?: string): Decorate<ClientStream> {
  return GrpcMethod(service, method);
}

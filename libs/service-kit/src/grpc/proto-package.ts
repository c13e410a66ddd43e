import { type GrpcObject, loadPackageDefinition, type ServiceClientConstructor } from '@grpc/grpc-js';
import { loadSync, type PackageDefinition } from '@grpc/proto-loader';
import { grpcLoaderOptions, protoFiles, protoRoot } from '@beatbot/contracts';

/** A package of our contracts by name (`beatbot.storage.v1`), or one with files of its own. */
export type ProtoPackage = string | { package: string; files: string[]; root: string };

export function packageName(source: ProtoPackage): string {
  return typeof source === 'string' ? source : source.package;
}

const loaded = new Map<string, PackageDefinition>();

/** The definition of a package, read once, by the one set of loader options. */
export function loadPackage(source: ProtoPackage): PackageDefinition {
  const name = packageName(source);
  let definition = loaded.get(name);
  if (!definition) {
    const files = typeof source === 'string' ? protoFiles(source) : source.files;
    const root = typeof source === 'string' ? protoRoot : source.root;
    definition = loadSync(files, { ...grpcLoaderOptions, includeDirs: [root] });
    loaded.set(name, definition);
  }
  return definition;
}

/**
 * The grpc-js client class of a service.
 * @throws Error if the package has no such service
 */
export function serviceClient(source: ProtoPackage, service: string): ServiceClientConstructor {
  let node: GrpcObject | GrpcObject[string] | undefined = loadPackageDefinition(loadPackage(source));
  for (const part of [...packageName(source).split('.'), service]) {
    node = typeof node === 'object' && node !== null ? (node as GrpcObject)[part] : undefined;
  }
  if (typeof node !== 'function') throw new Error(`${packageName(source)} has no service ${service}`);
  return node;
}

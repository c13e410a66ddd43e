import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Options } from '@grpc/proto-loader';
import { wrappers, type IConversionOptions, type Message } from 'protobufjs';

/** The folder that holds the contracts, two folders above src/, dist/ and every service's bundle; images carry it, too. */
export const protoRoot = resolve(__dirname, '../../../proto');

/**
 * How every server and client reads and writes messages. Fits the generated types: names in camelCase, enums by name,
 * 64-bit integers as numbers (all of ours stay below 2^53), fields that were not sent with their defaults. A message
 * field that was not sent is `null`, an unset member of a `oneof` or an `optional` field is absent.
 */
export const grpcLoaderOptions: Options = {
  keepCase: false,
  longs: Number,
  enums: String,
  defaults: true,
  arrays: true,
  objects: true,
  includeDirs: [protoRoot],
};

/** Largest message that a server or client takes, in bytes. Audio goes in chunks far below it. */
export const maxMessageBytes = 8 * 1024 * 1024;

/** The files of a package such as `beatbot.storage.v1`, relative to {@link protoRoot}. */
export function protoFiles(packageName: string): string[] {
  const folder = packageName.replaceAll('.', '/');
  return readdirSync(join(protoRoot, folder))
    .filter((file) => file.endsWith('.proto'))
    .sort()
    .map((file) => `${folder}/${file}`);
}

// protobufjs reads a FieldMask as {paths}; the generated types have the plain list.
wrappers['.google.protobuf.FieldMask'] = {
  fromObject(value: { [key: string]: unknown }): Message {
    return this.create(Array.isArray(value) ? { paths: value } : value) as Message;
  },
  toObject(message: Message, _options?: IConversionOptions): { [key: string]: unknown } {
    return (message as Message & { paths?: string[] }).paths as unknown as { [key: string]: unknown };
  },
};

import { type INamespace, Root } from 'protobufjs';

/** google.rpc.Status and the details we send (googleapis, google/rpc/status.proto and error_details.proto). */
const descriptor = {
  nested: {
    google: {
      nested: {
        protobuf: {
          nested: {
            Any: { fields: { typeUrl: { type: 'string', id: 1 }, value: { type: 'bytes', id: 2 } } },
            Duration: { fields: { seconds: { type: 'int64', id: 1 }, nanos: { type: 'int32', id: 2 } } },
          },
        },
        rpc: {
          nested: {
            Status: {
              fields: {
                code: { type: 'int32', id: 1 },
                message: { type: 'string', id: 2 },
                details: { rule: 'repeated', type: 'google.protobuf.Any', id: 3 },
              },
            },
            ErrorInfo: {
              fields: {
                reason: { type: 'string', id: 1 },
                domain: { type: 'string', id: 2 },
                metadata: { keyType: 'string', type: 'string', id: 3 },
              },
            },
            RetryInfo: { fields: { retryDelay: { type: 'google.protobuf.Duration', id: 1 } } },
            BadRequest: {
              fields: { fieldViolations: { rule: 'repeated', type: 'FieldViolation', id: 1 } },
              nested: {
                FieldViolation: {
                  fields: { field: { type: 'string', id: 1 }, description: { type: 'string', id: 2 } },
                },
              },
            },
          },
        },
      },
    },
  },
};

// protobufjs's own types know no map fields.
const root = Root.fromJSON(descriptor as INamespace);

const StatusType = root.lookupType('google.rpc.Status');

interface DetailTypes {
  ErrorInfo: { reason: string; domain: string; metadata: Record<string, string> };
  RetryInfo: { retryDelay: { seconds: number; nanos: number } };
  BadRequest: { fieldViolations: { field: string; description: string }[] };
}

export type Details = Partial<DetailTypes>;

const DETAIL_NAMES = ['ErrorInfo', 'RetryInfo', 'BadRequest'] as const;
const PREFIX = 'type.googleapis.com/google.rpc.';

/** The bytes of a google.rpc.Status, as `grpc-status-details-bin` carries them. */
export function encodeStatus(code: number, message: string, details: Details): Buffer {
  const packed = DETAIL_NAMES.flatMap((name) => {
    const detail = details[name];
    return detail
      ? [{ typeUrl: PREFIX + name, value: root.lookupType(`google.rpc.${name}`).encode(detail).finish() }]
      : [];
  });
  return Buffer.from(StatusType.encode({ code, message, details: packed }).finish());
}

/** The details in the bytes of a google.rpc.Status; unknown kinds are left out. */
export function decodeStatus(bytes: Uint8Array): Details {
  const status = StatusType.toObject(StatusType.decode(bytes), { arrays: true }) as {
    details: { typeUrl: string; value: Uint8Array }[];
  };
  const details: Record<string, unknown> = {};
  for (const { typeUrl, value } of status.details) {
    const name = DETAIL_NAMES.find((known) => typeUrl === PREFIX + known);
    if (!name) continue;
    const type = root.lookupType(`google.rpc.${name}`);
    details[name] = type.toObject(type.decode(value), { longs: Number, defaults: true, arrays: true, objects: true });
  }
  return details as Details;
}

import {
  briefFromMessage,
  editFromMessage,
  grpcLoaderOptions,
  planFromMessage,
  protoFiles,
  receiptFromMessage,
} from '@beatbot/contracts';
import type { Revision } from '@beatbot/contracts/music/v1/song';
import { loadSync, type MethodDefinition } from '@grpc/proto-loader';
import type { JsonDocument, JsonValue } from '../edge/json-document';
import { badArchive } from './archive-format';

const GET_REVISION = (
  loadSync(protoFiles('beatbot.storage.v1'), grpcLoaderOptions)['beatbot.storage.v1.SongService'] as {
    GetRevision: MethodDefinition<object, object>;
  }
).GetRevision;

/**
 * What a worker publishes has come through the contracts; what an archive holds must be such that it could have: nothing
 * that would be lost, changed or refused on its way to a reader.
 * @throws DomainError INVALID_ARGUMENT that names the entry
 */
export function assertContractContent(entry: string, revision: Revision): void {
  const { brief, plan, receipt, edits } = revision;
  try {
    const { responseSerialize, responseDeserialize } = GET_REVISION;
    const sent = responseDeserialize(responseSerialize({ revision })) as { revision: JsonDocument };
    const change = changeOf(revision as unknown as JsonDocument, sent.revision, 'revision');
    if (change !== undefined) throw new RangeError(`${change} is not of the contracts`);
    if (brief) briefFromMessage(brief);
    if (plan) planFromMessage(plan);
    if (receipt) receiptFromMessage(receipt);
    for (const edit of edits) editFromMessage(edit);
  } catch (error) {
    throw badArchive(
      `${entry}: content: ${error instanceof Error ? error.message.slice(0, 200) : String(error)}`,
      error,
    );
  }
}

/** The first place at which `sent` lacks or changes what `given` has; `sent` may have defaults that `given` leaves out. */
function changeOf(given: JsonValue, sent: JsonValue, place: string): string | undefined {
  if (given === null || given === undefined) return undefined;
  if (typeof given !== 'object') return Object.is(given, sent) ? undefined : place;
  if (typeof sent !== 'object' || sent === null || Array.isArray(given) !== Array.isArray(sent)) return place;
  if (Array.isArray(given) && given.length !== (sent as JsonValue[]).length) return place;
  for (const [name, value] of Object.entries(given)) {
    const inner = Object.hasOwn(sent, name) ? (sent as JsonDocument)[name] : undefined;
    const change = changeOf(value, inner, `${place}.${name}`);
    if (change !== undefined) return change;
  }
  return undefined;
}

import { scoreToMessage } from '@beatbot/contracts';
import type { Score } from '@beatbot/music';
import { Api } from '../api';
import type { RunningSystem } from '../running-system';
import { GRPC_METHODS, type GrpcMethod, type GrpcSurface } from './grpc-surface';
import type { Plain } from './hostile-message';

/** Whose song it is. */
export const OWNER = 'local';

/** Requests that are answered, by method, made around a song that is there; and the names of things in it. */
export interface ValidRequests {
  requests: Map<GrpcMethod, Plain>;
  known: string[];
}

/** Makes a song, and requests of each method that are about it. */
export async function validRequests(system: RunningSystem, surface: GrpcSurface): Promise<ValidRequests> {
  const api = new Api(() => system.url);
  const { id: jobId, songId } = await api.createSong({ prompt: 'house, 4 bars', formats: ['wav'] });
  await api.finished(jobId);
  const revision = await revisionOf(surface, songId);
  const { scoreKey } = revision;
  const score = await api.get<Score>(`/v1/songs/${songId}/revisions/1/score`);
  const track = score.tracks[0]?.id ?? '';
  const section = score.sections[0]?.id ?? '';
  const edits = [
    { transpose: { semitones: 1 } },
    { setMix: { trackId: track, pan: 10, gainCentibels: -10 } },
    { regenerate: { trackId: track, sectionId: section, fromBar: 0, toBar: 1 } },
    { repeatSection: { sectionId: section, times: 2 } },
    { addTrack: { role: 'ROLE_PAD', instrument: 'rhodes' } },
    { setKey: { key: { tonic: 'D', mode: 'MODE_DORIAN' } } },
  ];
  const requestId = 'fuzz-1';
  const controls = { style: 'house', bars: 4, tempoBpm: 120, key: { tonic: 'C', mode: 'MODE_MINOR' }, intensity: 50 };
  const { brief, plan } = revision;
  const songRequest = { prompt: 'house, 4 bars', controls, formats: ['wav'], tags: ['fuzz'], candidates: 1, seed: 1 };
  const revisionRequest = { songId, baseRevision: 1, edits, formats: ['wav'] };
  const lease = { seconds: 2 };
  const secret = { sha256: '0'.repeat(64), hint: 'bbk_fuzz' };
  const leased = { jobId, fencingNumber: 1 };
  const song = { songId, number: 1 };
  const listed = { pageSize: 10, songId };
  const byName: Record<string, object> = {
    CreateSong: { requestId, song: songRequest },
    CreateRevision: { requestId, revision: revisionRequest },
    CreateJob: { requestId, songRequest, maxUnfinished: 100, maxUnfinishedOfOwner: 4 },
    GetJob: { jobId },
    ListJobs: { ...listed, states: ['JOB_STATE_SUCCEEDED'] },
    ListJobEvents: { jobId, pageSize: 10 },
    CancelJob: { jobId },
    ApprovePlan: { jobId, plan },
    ApproveJob: { jobId, plan },
    RetryJob: { jobId },
    WatchJob: { jobId },
    ClaimJob: { workerId: 'fuzz', lease, wait: { nanos: 1_000_000 }, maxAttempts: 3 },
    Heartbeat: { ...leased, lease },
    AppendJobEvent: { ...leased, stage: 'compose', percent: 50, agent: 'fuzz', detail: 'at work', scoreKey },
    ReleaseJob: { ...leased, delay: { seconds: 1 }, detail: 'again' },
    AwaitApproval: { ...leased, plan },
    FinishJob: { ...leased, revision },
    Interpret: { prompt: 'house, 4 bars', controls, seed: 1 },
    ProducePlan: { brief },
    Compose: { brief, plan, candidates: 1 },
    ReviseScore: { scoreKey, brief, plan, edits },
    ListStyles: { pageSize: 10 },
    ListInstruments: { pageSize: 10 },
    GetCapabilities: {},
    Render: { score: scoreToMessage(score), format: 'wav', sampleRate: 44_100, trackId: track },
    RenderAssets: { scoreKey, formats: ['wav'], stemFormat: 'wav', sampleRate: 44_100 },
    GetSong: song,
    ListSongs: { pageSize: 10, orderBy: 'create_time desc', text: 'house', style: 'house' },
    UpdateSong: { song: { id: songId, title: 'Fuzz', tags: ['fuzz'] }, updateMask: { paths: ['title', 'tags'] } },
    // Of a song that there is not, so that the other calls have theirs.
    DeleteSong: { songId: '00000000-0000-7000-8000-000000000000' },
    GetRevision: song,
    ListRevisions: listed,
    PutObject: { header: { key: 'fuzz/object', contentType: 'text/plain' } },
    GetObject: { key: scoreKey, offset: 1, length: 10 },
    StatObject: { key: scoreKey },
    SignObjectUrl: { key: scoreKey, expiresIn: { seconds: 60 }, fileName: 'score.json' },
    CreateKey: { requestId, name: 'fuzz', scope: 'KEY_SCOPE_READ', secret },
    ListKeys: {},
    RotateKey: { keyId: jobId, secret, grace: { seconds: 60 } },
    DeleteKey: { keyId: jobId },
    VerifyKey: { sha256: secret.sha256 },
    CreateWebhook: { requestId, url: 'https://example.com/hook' },
    ListWebhooks: {},
    DeleteWebhook: { webhookId: jobId },
    ListDeliveries: { webhookId: jobId, pageSize: 10 },
    ReplayDelivery: { webhookId: jobId, deliveryId: jobId },
    ExportSongs: { songId },
    ImportSongs: { header: { keepIds: false } },
    GetUsage: {},
    SetQuota: {},
  };
  const requests = new Map(
    GRPC_METHODS.map((method) => {
      const request = byName[method.name];
      if (!request) throw new Error(`${method.path} is new: give a request of it that is answered`);
      return [method, plain(method, method.request.fromObject(request))];
    }),
  );
  return { requests, known: [jobId, songId, scoreKey, track, section, 'wav', 'house', requestId, 'rhodes', 'C'] };
}

interface Revision extends Plain {
  scoreKey: string;
  brief: Plain;
  plan: Plain;
}

async function revisionOf(surface: GrpcSurface, songId: string): Promise<Revision> {
  const method = GRPC_METHODS.find(({ name }) => name === 'GetRevision') as GrpcMethod;
  const request = Buffer.from(method.request.encode({ songId, number: 1 }).finish());
  const { code, details, messages } = await surface.call(method, [request], { owner: OWNER });
  if (!messages[0]) throw new Error(`GetRevision: ${code} ${details}`);
  return (method.response.toObject(method.response.decode(messages[0]), { longs: Number }) as { revision: Revision })
    .revision;
}

/** The message without prototypes, enums by number. */
function plain({ request }: GrpcMethod, message: object): Plain {
  return request.toObject(request.create(message as Plain), { longs: Number });
}

import type { components, operations } from './generated/openapi';

type Schemas = components['schemas'];

export type Song = Schemas['Song'];
export type SongList = Schemas['SongList'];
export type CreateSong = Schemas['CreateSong'];
export type UpdateSong = Schemas['UpdateSong'];
export type AcceptedSong = Schemas['AcceptedSong'];
export type Edit = Schemas['Edit'];
export type CreateRevision = Schemas['CreateRevision'];
export type Revision = Schemas['Revision'];
export type RevisionList = Schemas['RevisionList'];
export type Receipt = Schemas['Receipt'];
export type Asset = Schemas['Asset'];
export type Plan = Schemas['Plan'];
export type Job = Schemas['Job'];
export type JobList = Schemas['JobList'];
export type JobEvent = Schemas['JobEvent'];
export type JobState = Job['state'];
export type Style = Schemas['Style'];
export type StyleList = Schemas['StyleList'];
export type InstrumentList = Schemas['InstrumentList'];
export type Capabilities = Schemas['Capabilities'];
export type ApiKey = Schemas['ApiKey'];
export type ApiKeyList = Schemas['ApiKeyList'];
export type ApiKeyWithSecret = Schemas['ApiKeyWithSecret'];
export type CreateApiKey = Schemas['CreateApiKey'];
export type RotateApiKey = Schemas['RotateApiKey'];
export type ImportedSongs = Schemas['ImportedSongs'];
export type Usage = Schemas['Usage'];
export type CreateWebhook = Schemas['CreateWebhook'];
export type WebhookWithSecret = Schemas['WebhookWithSecret'];
export type WebhookList = Schemas['WebhookList'];
export type Delivery = Schemas['Delivery'];
export type DeliveryList = Schemas['DeliveryList'];
export type Problem = Schemas['Problem'];
export type FieldProblem = Problem['errors'][number];

type QueryOf<Operation extends keyof operations> = NonNullable<operations[Operation]['parameters']['query']>;
export type ListSongsQuery = QueryOf<'listSongs'>;
export type ListJobsQuery = QueryOf<'listJobs'>;
export type ListDeliveriesQuery = QueryOf<'listDeliveries'>;
export type PageQuery = QueryOf<'listRevisions'>;

const FINAL_STATES: readonly JobState[] = ['succeeded', 'failed', 'cancelled'];

/** Whether a job in this state has ended. */
export function isFinal(state: JobState): boolean {
  return FINAL_STATES.includes(state);
}

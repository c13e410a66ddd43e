import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ArchivesController } from '../archives/archives.controller';
import { AssetsController } from '../assets/assets.controller';
import { CatalogueController } from '../catalogue/catalogue.controller';
import { JobEventDto } from '../jobs/job.schemas';
import { JobsController } from '../jobs/jobs.controller';
import { KeysController } from '../keys/keys.controller';
import { PROBLEM_TYPE, ProblemDto } from '../problems/problem';
import { RevisionsController } from '../revisions/revisions.controller';
import { SongsController } from '../songs/songs.controller';
import { UsageController } from '../usage/usage.controller';
import { WebhooksController } from '../webhooks/webhooks.controller';
import { isZodDto, type ZodDto } from '../validation/zod-dto';
import type { Scope } from '../auth/principal';
import { NEEDED_SCOPE, scopeOfMethod } from '../auth/scope.guard';
import { type AnswerDocs, OPERATION, type OperationDocs } from './operation';
import { SchemaBook } from './schema-book';

const TAGS: [string, string, Type][] = [
  ['songs', 'Ask for songs, find them, keep them in order', SongsController],
  ['revisions', 'The versions of a song, and asking for another', RevisionsController],
  ['assets', 'The files of a revision', AssetsController],
  ['jobs', 'How the making goes', JobsController],
  ['archives', 'Songs with all that belongs to them as one file, and back', ArchivesController],
  ['catalogue', 'What prompts may name', CatalogueController],
  ['keys', 'API keys of an owner', KeysController],
  ['usage', 'What an owner uses, and may use', UsageController],
  ['webhooks', 'Being told of jobs', WebhooksController],
];

const BEARER = 'bearer';
const BYTES = { type: 'string', format: 'binary' };

const DESCRIPTION = `A sentence goes in; a finished, editable song comes out.

\`POST /v1/songs\` answers at once with a job; follow it by \`GET /v1/jobs/{job}/events\` or by the WebSocket \`/v1/events\`
(send \`{"subscribe": job, "after": seq}\` or \`{"unsubscribe": job}\`; receive JobEvents, then \`{"type": "ended"}\`); then read
\`/v1/songs/{song}/revisions/1\` and its assets.

Every error is \`application/problem+json\` (RFC 9457) with a stable \`reason\`, a \`requestId\`, and in \`errors\` each field
with its value and what is allowed. \`RateLimit-*\` headers tell what is left of the minute, \`Retry-After\` when to come again.

Where the server asks for credentials, send \`Authorization: Bearer\` with an API key or a token of its issuer, never in a URL; a
page sends them to the WebSocket as its subprotocols \`beatbot.v1\` and \`beatbot.bearer.\` with the key behind it. Each operation
tells the scope that it needs; \`read\`, \`write\`, \`admin\` and \`operator\` each include the ones before. The operator acts for
any owner by \`X-Beatbot-Owner\`. What is not yours is not there: 404.`;

/** The OpenAPI 3.1 document, made from the routes and from the schemas that check their requests. */
export function openApiDocument(): OpenAPIObject {
  const schemas = new SchemaBook();
  const paths: Record<string, Record<string, object>> = {};
  for (const [tag, , controller] of TAGS) {
    for (const { path, method, operation } of operations(tag, controller, schemas))
      (paths[path] ??= {})[method] = operation;
  }
  schemas.reference(JobEventDto);
  return {
    openapi: '3.1.0',
    info: {
      title: 'BeatBot',
      description: DESCRIPTION,
      version: '0.1.0',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: '/' }],
    tags: TAGS.map(([name, description]) => ({ name, description })),
    paths: paths as OpenAPIObject['paths'],
    components: {
      schemas: schemas.all() as never,
      securitySchemes: {
        [BEARER]: { type: 'http', scheme: 'bearer', description: 'An API key, or a JWT of the OIDC issuer' },
      },
    },
  };
}

function* operations(
  tag: string,
  controller: Type,
  schemas: SchemaBook,
): Generator<{ path: string; method: string; operation: object }> {
  const prototype = controller.prototype as Record<string, object>;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const handler = prototype[name];
    const docs = handler && (Reflect.getMetadata(OPERATION, handler) as OperationDocs | undefined);
    if (!docs) continue;
    const inputs = inputsOf(controller, name);
    const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod].toLowerCase();
    const parts = [
      Reflect.getMetadata(PATH_METADATA, controller),
      Reflect.getMetadata(PATH_METADATA, handler),
    ] as string[];
    const scope = (Reflect.getMetadata(NEEDED_SCOPE, handler) ??
      Reflect.getMetadata(NEEDED_SCOPE, controller) ??
      scopeOfMethod(method.toUpperCase())) as Scope;
    yield { path: documentedPath(parts), method, operation: operationOf(tag, docs, inputs, scope, schemas) };
  }
}

function operationOf(
  tag: string,
  docs: OperationDocs,
  { body, query, param }: Inputs,
  scope: Scope,
  schemas: SchemaBook,
): object {
  const parameters = [
    ...(param ? schemas.parameters(param, 'path') : []),
    ...(query ? schemas.parameters(query, 'query') : []),
    ...Object.entries(docs.headers ?? {}).map(([name, header]) => ({ name, in: 'header', required: false, ...header })),
  ];
  return {
    operationId: docs.id,
    tags: [tag],
    summary: docs.summary,
    ...(docs.description !== undefined && { description: docs.description }),
    security: [{ [BEARER]: [scope] }],
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      // Where every field may be left out, so may the body.
      requestBody: {
        required: !body.schema.safeParse({}).success,
        content: { 'application/json': { schema: schemas.reference(body) } },
      },
    }),
    ...(docs.body && { requestBody: { required: true, content: { [docs.body.mediaType]: { schema: BYTES } } } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(docs.answers).map(([status, answer]) => [status, responseOf(answer, schemas)]),
      ),
      default: {
        description: 'What went wrong',
        content: { [PROBLEM_TYPE]: { schema: schemas.reference(ProblemDto) } },
      },
    },
  };
}

function responseOf({ description, body, mediaTypes, headers }: AnswerDocs, schemas: SchemaBook): object {
  const types = mediaTypes ?? (body && ['application/json']);
  const content =
    types && Object.fromEntries(types.map((type) => [type, body ? { schema: schemas.reference(body) } : {}]));
  return {
    description,
    ...(headers && {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, text]) => [name, { description: text, schema: { type: 'string' } }]),
      ),
    }),
    ...(content && { content }),
  };
}

interface Inputs {
  body?: ZodDto;
  query?: ZodDto;
  param?: ZodDto;
}

/** Nest keeps which parameter of a handler is its body, query or path; TypeScript keeps their classes. */
function inputsOf(controller: Type, handler: string): Inputs {
  const routeArguments = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) ?? {}) as Record<
    string,
    { index: number }
  >;
  const types = Reflect.getMetadata('design:paramtypes', controller.prototype as object, handler) as unknown[];
  const inputOf = (kind: RouteParamtypes): ZodDto | undefined => {
    const key = Object.keys(routeArguments).find((candidate) => candidate.startsWith(`${kind}:`));
    const type = key === undefined ? undefined : types[routeArguments[key]?.index ?? -1];
    return isZodDto(type) ? type : undefined;
  };
  return {
    body: inputOf(RouteParamtypes.BODY),
    query: inputOf(RouteParamtypes.QUERY),
    param: inputOf(RouteParamtypes.PARAM),
  };
}

/** `v1/jobs` and `:job\:cancel` are /v1/jobs/{job}:cancel. */
function documentedPath(parts: string[]): string {
  const path = parts.filter((part) => part !== '/').join('/');
  return `/${path
    .replaceAll('\\:', '\0')
    .replace(/[:*](\w+)/g, '{$1}')
    .replaceAll('\0', ':')}`;
}

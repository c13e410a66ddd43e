import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { INestApplication } from '@nestjs/common';
import { cleanupOpenApiDoc } from 'nestjs-zod';
import { JobEventDto } from '../jobs/job.schemas';
import { PROBLEM_TYPE, ProblemDto } from '../problems/problem';

const DESCRIPTION = `A sentence goes in; a finished, editable song comes out.

\`POST /v1/songs\` answers at once with a job; follow it by \`GET /v1/jobs/{job}/events\` or by the WebSocket \`/v1/events\`
(send \`{"subscribe": job, "after": seq}\`, receive JobEvents); then read \`/v1/songs/{song}/revisions/1\` and its assets.

Every error is \`application/problem+json\` (RFC 9457) with a stable \`reason\`, a \`requestId\`, and in \`errors\` each field
with its value and what is allowed.`;

/** The OpenAPI 3.1 document of the REST interface, made from the same schemas that check requests. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('BeatBot')
    .setDescription(DESCRIPTION)
    .setVersion('0.1.0')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [ProblemDto.Output as never, JobEventDto.Output as never],
  });
  return cleanupOpenApiDoc(addProblems(document), { version: '3.1' });
}

/** Every operation may answer with a problem. */
function addProblems(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path)) {
      if (typeof operation !== 'object' || !('responses' in operation)) continue;
      operation.responses['default'] = {
        description: 'What went wrong',
        content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
      };
    }
  }
  return document;
}

import { SetMetadata } from '@nestjs/common';
import type { ZodDto } from '../validation/zod-dto';

/** What the OpenAPI document tells of a handler, beside what its parameters tell. */
export interface OperationDocs {
  id: string;
  summary: string;
  description?: string;
  /** A body that is not JSON. */
  body?: { mediaType: string };
  answers: Record<number, AnswerDocs>;
  /** Request headers it reads, by name. */
  headers?: Record<string, HeaderDocs>;
}

export interface AnswerDocs {
  description: string;
  /** What the body holds; not told of one of bytes. */
  body?: ZodDto;
  /** Media types of the body; JSON where only its schema is given. */
  mediaTypes?: string[];
  /** Headers with what they tell. */
  headers?: Record<string, string>;
}

export interface HeaderDocs {
  description: string;
  schema: object;
}

export const OPERATION = 'openapi operation';

/** Documents a handler; one without it is not part of the document. */
export const Operation = (docs: OperationDocs) => SetMetadata(OPERATION, docs);

/** Answers of stored files, with ranges and entity tags; `body` is what a whole one holds where that is JSON. */
export function bytesDocs(
  description: string,
  mediaTypes: string[],
  body?: ZodDto,
): Pick<OperationDocs, 'answers' | 'headers'> {
  const headers = { ETag: 'SHA-256 of the bytes', 'Accept-Ranges': 'bytes' };
  return {
    answers: {
      200: { description, mediaTypes, headers, body },
      206: { description: `${description}, in part`, mediaTypes, headers },
      304: { description: 'You have it' },
    },
    headers: {
      Range: { description: 'One range of bytes, such as bytes=0-1023', schema: { type: 'string' } },
      'If-Range': { description: 'The ETag for which the Range holds', schema: { type: 'string' } },
      'If-None-Match': { description: 'ETags you have', schema: { type: 'string' } },
    },
  };
}

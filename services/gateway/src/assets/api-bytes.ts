import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiProduces, ApiResponse } from '@nestjs/swagger';

const headers = {
  ETag: { schema: { type: 'string' as const }, description: 'SHA-256 of the bytes' },
  'Accept-Ranges': { schema: { type: 'string' as const } },
};

/** Documents an answer of bytes with ranges and entity tags. */
export function ApiBytes(description: string, mediaTypes: string[]): MethodDecorator {
  const content = Object.fromEntries(
    mediaTypes.map((mediaType) => [mediaType, { schema: { type: 'string' as const, format: 'binary' } }]),
  );
  return applyDecorators(
    ApiProduces(...mediaTypes),
    ApiHeader({
      name: 'Range',
      required: false,
      description: 'One range of bytes',
      schema: { type: 'string', examples: ['bytes=0-1023'] },
    }),
    ApiHeader({ name: 'If-None-Match', required: false, schema: { type: 'string' } }),
    ApiHeader({ name: 'If-Range', required: false, schema: { type: 'string' } }),
    ApiResponse({ status: 200, description, content, headers }),
    ApiResponse({ status: 206, description: `${description}, in part`, content, headers }),
    ApiResponse({ status: 304, description: 'You have it' }),
  );
}

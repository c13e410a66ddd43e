import { writeFileSync } from 'node:fs';
import { openApiDocument } from './openapi-document';

/** The document as it is committed. */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(), null, 2)}\n`;
}

/** `node write-openapi.js FILE` */
if (require.main === module) {
  const [, , file] = process.argv;
  if (file === undefined) throw new Error('name the file to write');
  writeFileSync(file, openApiText());
}

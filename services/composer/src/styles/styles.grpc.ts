import type * as Messages from '@beatbot/contracts/composer/v1/composer';
import { type Style, STYLES } from '@beatbot/music';
import { invalidArgument } from '@beatbot/service-kit';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';

const DEFAULT_PAGE = 100;
const MAX_PAGE = 200;

const BY_ID = [...STYLES].sort((a, b) => (a.id < b.id ? -1 : 1));

/** The catalogue of styles. A page's token is the id that its last style has. */
@Controller()
export class StylesGrpc {
  @GrpcMethod('ComposerService', 'ListStyles')
  listStyles({ pageSize, pageToken }: Messages.ListStylesRequest): Messages.ListStylesResponse {
    if (pageSize > MAX_PAGE) throw invalidArgument('page_size', pageSize, `0 to ${MAX_PAGE}`);
    const after = BY_ID.findIndex(({ id }) => id === pageToken);
    if (pageToken !== '' && after < 0) throw invalidArgument('page_token', pageToken, 'a token of an answer before');
    const page = BY_ID.slice(after + 1, after + 1 + (pageSize || DEFAULT_PAGE));
    const last = page.at(-1);
    return { styles: page.map(styleMessage), nextPageToken: last && last !== BY_ID.at(-1) ? last.id : '' };
  }
}

function styleMessage({ id, name, description, aliases, tempoBpm }: Style): Messages.Style {
  return {
    id,
    name,
    description,
    aliases: [...aliases],
    minTempoBpm: tempoBpm.lowest,
    maxTempoBpm: tempoBpm.highest,
    defaultTempoBpm: tempoBpm.default,
  };
}

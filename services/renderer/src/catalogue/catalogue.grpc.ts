import { basename } from 'node:path';
import {
  GetCapabilitiesResponse,
  ListInstrumentsRequest,
  ListInstrumentsResponse,
} from '@beatbot/contracts/renderer/v1/renderer';
import { SAMPLE_RATES } from '@beatbot/dsp';
import { INSTRUMENTS } from '@beatbot/music';
import { CONFIG, invalidArgument } from '@beatbot/service-kit';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { Config } from '../config';
import { MIX_FORMATS, STEM_FORMATS } from '../formats';
import { RENDERER_VERSION } from '../renderer-version';

const PAGE_SIZE = 200;
const MAX_PAGE_SIZE = 500;

@Controller()
export class CatalogueGrpc {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  @GrpcMethod('RendererService', 'ListInstruments')
  listInstruments({ pageSize, pageToken }: ListInstrumentsRequest): ListInstrumentsResponse {
    if (pageSize > MAX_PAGE_SIZE)
      throw invalidArgument('page_size', pageSize, `1 to ${MAX_PAGE_SIZE}, or 0 for ${PAGE_SIZE}`);
    // A page begins at the instrument that its token names, so that a token outlives changes of the catalogue.
    const start = pageToken === '' ? 0 : INSTRUMENTS.findIndex(({ id }) => id === pageToken);
    if (start < 0) throw invalidArgument('page_token', pageToken, 'a token from the page before');
    const end = start + (pageSize || PAGE_SIZE);
    return {
      instruments: INSTRUMENTS.slice(start, end).map(
        ({ isDrumKit, id, name, family, program, lowestPitch, highestPitch, aliases }) => ({
          id,
          name,
          family,
          program,
          drumKit: isDrumKit,
          lowestPitch,
          highestPitch,
          aliases,
        }),
      ),
      nextPageToken: INSTRUMENTS[end]?.id ?? '',
    };
  }

  @GrpcMethod('RendererService', 'GetCapabilities')
  getCapabilities(): GetCapabilitiesResponse {
    return {
      rendererVersion: RENDERER_VERSION,
      mixFormats: [...MIX_FORMATS],
      stemFormats: [...STEM_FORMATS],
      sampleRates: [...SAMPLE_RATES],
      slots: this.config.RENDER_SLOTS,
      maxDurationSeconds: this.config.MAX_DURATION_SECONDS,
      maxTracks: this.config.MAX_TRACKS,
      maxNotes: this.config.MAX_NOTES,
      soundFont: basename(this.config.SOUNDFONT_PATH).replace(/\.(sf2|sf3)?(\.wasm)?$/i, ''),
    };
  }
}

import { Controller, Get, Query } from '@nestjs/common';
import type { CallContext } from '@beatbot/service-kit';
import { Composer, type ComposerClient, Renderer, type RendererClient } from '../backends/backends';
import { Operation } from '../openapi/operation';
import { Caller } from '../requests/caller';
import { CapabilitiesDto, CatalogueQuery, InstrumentListDto, StyleListDto } from './catalogue.schemas';

/** What prompts may name, and what the renderer can do. */
@Controller('v1')
export class CatalogueController {
  constructor(
    @Composer() private readonly composer: ComposerClient,
    @Renderer() private readonly renderer: RendererClient,
  ) {}

  @Get('styles')
  @Operation({
    id: 'listStyles',
    summary: 'List the styles',
    answers: { 200: { description: 'A page of styles', body: StyleListDto } },
  })
  async styles(
    @Caller() caller: CallContext,
    @Query() { pageSize = 0, pageToken = '' }: CatalogueQuery,
  ): Promise<StyleListDto> {
    return this.composer.listStyles({ pageSize, pageToken }, { context: caller });
  }

  @Get('instruments')
  @Operation({
    id: 'listInstruments',
    summary: 'List the instruments',
    answers: { 200: { description: 'A page of instruments', body: InstrumentListDto } },
  })
  async instruments(
    @Caller() caller: CallContext,
    @Query() { pageSize = 0, pageToken = '' }: CatalogueQuery,
  ): Promise<InstrumentListDto> {
    return this.renderer.listInstruments({ pageSize, pageToken }, { context: caller });
  }

  @Get('capabilities')
  @Operation({
    id: 'getCapabilities',
    summary: 'Read formats, sample rates and limits of the renderer',
    answers: { 200: { description: 'The capabilities', body: CapabilitiesDto } },
  })
  async capabilities(@Caller() caller: CallContext): Promise<CapabilitiesDto> {
    return this.renderer.getCapabilities({}, { context: caller });
  }
}

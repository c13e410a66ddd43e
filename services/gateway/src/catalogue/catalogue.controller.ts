import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { CallContext } from '@beatbot/service-kit';
import { Composer, type ComposerClient, Renderer, type RendererClient } from '../backends/backends';
import { Caller } from '../requests/caller';
import { CapabilitiesDto, CatalogueQuery, InstrumentListDto, StyleListDto } from './catalogue.schemas';

/** What prompts may name, and what the renderer can do. */
@ApiTags('catalogue')
@Controller('v1')
export class CatalogueController {
  constructor(
    @Composer() private readonly composer: ComposerClient,
    @Renderer() private readonly renderer: RendererClient,
  ) {}

  @Get('styles')
  @ApiOperation({ operationId: 'listStyles', summary: 'List the styles' })
  @ApiResponse({ status: 200, type: StyleListDto.Output, description: 'A page of styles' })
  async styles(
    @Caller() caller: CallContext,
    @Query() { pageSize = 0, pageToken = '' }: CatalogueQuery,
  ): Promise<StyleListDto> {
    return this.composer.listStyles({ pageSize, pageToken }, { context: caller });
  }

  @Get('instruments')
  @ApiOperation({ operationId: 'listInstruments', summary: 'List the instruments' })
  @ApiResponse({ status: 200, type: InstrumentListDto.Output, description: 'A page of instruments' })
  async instruments(
    @Caller() caller: CallContext,
    @Query() { pageSize = 0, pageToken = '' }: CatalogueQuery,
  ): Promise<InstrumentListDto> {
    return this.renderer.listInstruments({ pageSize, pageToken }, { context: caller });
  }

  @Get('capabilities')
  @ApiOperation({ operationId: 'getCapabilities', summary: 'Read formats, sample rates and limits of the renderer' })
  @ApiResponse({ status: 200, type: CapabilitiesDto.Output, description: 'The capabilities' })
  async capabilities(@Caller() caller: CallContext): Promise<CapabilitiesDto> {
    return this.renderer.getCapabilities({}, { context: caller });
  }
}

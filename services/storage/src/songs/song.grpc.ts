import type * as Messages from '@beatbot/contracts/storage/v1/songs';
import { callContext, type ServerCall } from '@beatbot/service-kit';
import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { FieldChecks } from '../edge/field-checks';
import { idOf } from '../edge/id-of';
import { ownerOf } from '../edge/owner';
import { type PagePlace, readPageToken, writePageToken } from '../edge/page-token';
import { songNotFound } from './not-found';
import { revisionMessage } from './revision-mapping';
import { songMessage } from './song-mapping';
import { placeOf, SONG_ORDERS, type SongOrder, type SongPlace } from './song-order';
import { SongService } from './song.service';

const UPDATABLE = ['title', 'tags'];

@Controller()
export class SongGrpc {
  constructor(private readonly songs: SongService) {}

  @GrpcMethod('SongService', 'GetSong')
  async getSong(
    request: Messages.GetSongRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.GetSongResponse> {
    const { owner, songId } = ownAndSong(request, call);
    return { song: songMessage(await this.songs.get(owner, songId)) };
  }

  @GrpcMethod('SongService', 'ListSongs')
  async listSongs(
    request: Messages.ListSongsRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.ListSongsResponse> {
    const owner = ownerOf(callContext(call));
    const checks = new FieldChecks();
    const pageSize = checks.pageSize('page_size', request.pageSize, 100, 50);
    const order = orderOf(request.orderBy, checks);
    const filter = {
      text: checks.text('text', request.text, 0, 200),
      style: checks.text('style', request.style, 0, 100),
      tag: checks.text('tag', request.tag, 0, 64),
    };
    const query = { list: 'songs', owner, order, ...filter };
    const place = songPlace(order, readPageToken(query, request.pageToken), request.pageToken, checks);
    checks.done();
    const songs = await this.songs.list({ owner, order, ...filter, after: place, limit: pageSize + 1 });
    const page = songs.slice(0, pageSize);
    const last = songs.length > pageSize ? page.at(-1) : undefined;
    return {
      songs: page.map(songMessage),
      nextPageToken: last ? writePageToken(query, pagePlace(placeOf(order, last))) : '',
    };
  }

  @GrpcMethod('SongService', 'UpdateSong')
  async updateSong(
    request: Messages.UpdateSongRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.UpdateSongResponse> {
    const owner = ownerOf(callContext(call));
    const checks = new FieldChecks();
    const mask = request.updateMask ?? [];
    if (mask.length === 0) checks.refuse('update_mask', mask, `at least one of ${UPDATABLE.join(', ')}`);
    for (const path of mask) if (!UPDATABLE.includes(path)) checks.refuse('update_mask', path, UPDATABLE.join(', '));
    const { song } = request;
    if (!song) checks.refuse('song', null, 'the song with its new values');
    checks.done();
    const { id, title, tags } = song as NonNullable<typeof song>;
    const songId = idOf(id, songNotFound);
    const change = {
      ...(mask.includes('title') && { title: checks.text('song.title', title.trim(), 1, 200) }),
      ...(mask.includes('tags') && { tags: checks.tags('song.tags', tags) }),
    };
    checks.done();
    return { song: songMessage(await this.songs.update(owner, songId, change)) };
  }

  @GrpcMethod('SongService', 'DeleteSong')
  async deleteSong(
    request: Messages.DeleteSongRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.DeleteSongResponse> {
    const { owner, songId } = ownAndSong(request, call);
    await this.songs.delete(owner, songId);
    return {};
  }

  @GrpcMethod('SongService', 'GetRevision')
  async getRevision(
    request: Messages.GetRevisionRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.GetRevisionResponse> {
    const owner = ownerOf(callContext(call));
    const checks = new FieldChecks();
    const songId = idOf(request.songId, songNotFound);
    const number = checks.integer('number', request.number, 0, 2 ** 31 - 1);
    checks.done();
    return { revision: revisionMessage(await this.songs.getRevision(owner, songId, number)) };
  }

  @GrpcMethod('SongService', 'ListRevisions')
  async listRevisions(
    request: Messages.ListRevisionsRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.ListRevisionsResponse> {
    const owner = ownerOf(callContext(call));
    const checks = new FieldChecks();
    const songId = idOf(request.songId, songNotFound);
    const pageSize = checks.pageSize('page_size', request.pageSize, 100, 50);
    const query = { list: 'revisions', owner, songId };
    const place = readPageToken(query, request.pageToken);
    const before = place && checks.integer('page_token', Number(place.value), 1, 2 ** 31 - 1);
    checks.done();
    const revisions = await this.songs.listRevisions(owner, songId, before, pageSize + 1);
    const page = revisions.slice(0, pageSize);
    const last = revisions.length > pageSize ? page.at(-1) : undefined;
    return {
      revisions: page.map(revisionMessage),
      nextPageToken: last ? writePageToken(query, { value: String(last.number), id: '' }) : '',
    };
  }
}

function ownAndSong(request: { songId: string }, call: ServerCall): { owner: string; songId: string } {
  const owner = ownerOf(callContext(call));
  return { owner, songId: idOf(request.songId, songNotFound) };
}

function orderOf(text: string, checks: FieldChecks): SongOrder {
  const order = SONG_ORDERS.find((known) => known === text);
  if (!order && text !== '') checks.refuse('order_by', text, SONG_ORDERS.join(', '));
  return order ?? SONG_ORDERS[0];
}

function pagePlace({ value, id }: SongPlace): PagePlace {
  return { value: value instanceof Date ? value.toISOString() : value, id };
}

function songPlace(
  order: SongOrder,
  place: PagePlace | undefined,
  token: string,
  checks: FieldChecks,
): SongPlace | undefined {
  if (!place) return undefined;
  if (order === 'title')
    return { value: checks.text('page_token', place.value, 0, 200), id: checks.id('page_token', place.id) };
  const time = checks.pageTime(place, token);
  return time && { value: time, id: place.id };
}

import { controlsToMessage } from '@beatbot/contracts';
import { Approval, type SongRequest } from '@beatbot/contracts/music/v1/job';
import type { Song } from '@beatbot/contracts/music/v1/song';
import { timestampText } from '../validation/timestamp';
import type { CreateSong, SongView } from './song.schemas';

export function songRequestToMessage(song: CreateSong): SongRequest {
  const controls = { ...song.controls, ...(song.title !== undefined && { title: song.title }) };
  return {
    prompt: song.prompt ?? '',
    controls: Object.keys(controls).length > 0 ? controlsToMessage(controls) : undefined,
    seed: song.seed,
    candidates: song.candidates ?? 0,
    approval: song.approval === 'plan' ? Approval.APPROVAL_PLAN : Approval.APPROVAL_UNSPECIFIED,
    formats: song.formats ?? [],
    stemFormat: song.stemFormat ?? '',
    tags: song.tags ?? [],
  };
}

export function songView(song: Song): SongView {
  const { id, title, tags, style, prompt, latestRevision } = song;
  return {
    id,
    title,
    tags,
    style,
    prompt,
    latestRevision,
    createTime: timestampText(song.createTime),
    updateTime: timestampText(song.updateTime),
  };
}

import type { Song as SongMessage } from '@beatbot/contracts/music/v1/song';
import { toTimestamp } from '../edge/proto-time';
import type { Song } from './song';

export function songMessage(song: Song): SongMessage {
  const { id, owner, title, tags, style, prompt, latestRevision } = song;
  const createTime = toTimestamp(song.createTime);
  return {
    id,
    owner,
    title,
    tags,
    style,
    prompt,
    latestRevision,
    createTime,
    updateTime: toTimestamp(song.updateTime),
  };
}

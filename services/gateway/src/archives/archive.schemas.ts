import { z } from 'zod';
import { zodDto } from '../validation/zod-dto';

const importedSongSchema = z
  .object({
    songId: z.string(),
    archivedSongId: z.string().describe('Id that it has in the archive'),
    revisions: z.int().describe('How many the archive has of it'),
    created: z.boolean().describe('False where it was there already'),
  })
  .meta({ id: 'ImportedSong' });

export class ImportedSongsDto extends zodDto(
  z
    .object({ songs: z.array(importedSongSchema).describe('In the order of the archive') })
    .meta({ id: 'ImportedSongs' }),
) {}

import { type AnyColumn, asc, desc, type SQL, sql } from 'drizzle-orm';
import { songs } from '../database/schema';

export const SONG_ORDERS = ['create_time desc', 'create_time', 'update_time desc', 'title'] as const;
export type SongOrder = (typeof SONG_ORDERS)[number];

/** Where a page of songs ended: a time or a title, and the id that tells equal ones apart. */
export interface SongPlace {
  value: Date | string;
  id: string;
}

interface Order {
  column: AnyColumn;
  descending: boolean;
  valueOf(song: { title: string; createTime: Date; updateTime: Date }): Date | string;
}

const ORDERS: Record<SongOrder, Order> = {
  'create_time desc': { column: songs.createTime, descending: true, valueOf: (song) => song.createTime },
  create_time: { column: songs.createTime, descending: false, valueOf: (song) => song.createTime },
  'update_time desc': { column: songs.updateTime, descending: true, valueOf: (song) => song.updateTime },
  title: { column: songs.title, descending: false, valueOf: (song) => song.title },
};

export function orderedBy(order: SongOrder): SQL[] {
  const { column, descending } = ORDERS[order];
  return descending ? [desc(column), desc(songs.id)] : [asc(column), asc(songs.id)];
}

export function after(order: SongOrder, place: SongPlace): SQL {
  const { column, descending } = ORDERS[order];
  const value =
    place.value instanceof Date ? sql`${place.value.toISOString()}::timestamptz` : sql`${place.value}::text`;
  return descending
    ? sql`(${column}, ${songs.id}) < (${value}, ${place.id}::uuid)`
    : sql`(${column}, ${songs.id}) > (${value}, ${place.id}::uuid)`;
}

export function placeOf(
  order: SongOrder,
  song: { id: string; title: string; createTime: Date; updateTime: Date },
): SongPlace {
  return { value: ORDERS[order].valueOf(song), id: song.id };
}

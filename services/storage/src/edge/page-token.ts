import { createHash } from 'node:crypto';
import { invalidArgument } from '@beatbot/service-kit';
import { canonicalJson, type JsonDocument } from './json-document';

/** Where a page ended: the sort key's value and the id of its last row. */
export interface PagePlace {
  value: string;
  id: string;
}

const MAX_LENGTH = 2000;

/** An opaque token that is good only for the query (order, filter, owner) it was made for. */
export function writePageToken(query: JsonDocument, place: PagePlace): string {
  return Buffer.from(JSON.stringify([hashOf(query), place.value, place.id])).toString('base64url');
}

/**
 * The place that a token names; undefined for an empty token.
 * @throws DomainError INVALID_ARGUMENT for a token of another query, or none of ours
 */
export function readPageToken(query: JsonDocument, token: string): PagePlace | undefined {
  if (token === '') return undefined;
  const parts = token.length <= MAX_LENGTH ? parse(token) : undefined;
  const [hash, value, id] = Array.isArray(parts) && parts.length === 3 ? (parts as unknown[]) : [];
  if (hash !== hashOf(query) || typeof value !== 'string' || typeof id !== 'string') {
    throw invalidArgument('page_token', token, 'next_page_token of an answer to the same order and filter, or nothing');
  }
  return { value, id };
}

function parse(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown;
  } catch {
    return undefined;
  }
}

function hashOf(query: JsonDocument): string {
  return createHash('sha256').update(canonicalJson(query)).digest('base64url').slice(0, 16);
}

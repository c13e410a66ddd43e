import { contentHash } from '@beatbot/music';
import { RENDERER_VERSION } from '../renderer-version';

/** The key of what was made from these inputs by this version: equal inputs find their own result. */
export function objectKey(
  folder: 'stems' | 'mixes' | 'peaks' | 'renders',
  inputs: Record<string, string | number | string[]>,
  extension: string,
): string {
  return `${folder}/${contentHash({ ...inputs, rendererVersion: RENDERER_VERSION })}.${extension}`;
}

import { ComposeResult } from '@beatbot/contracts/composer/v1/composer';
import { Brief, Plan } from '@beatbot/contracts/music/v1/brief';
import { RenderAssetsResult } from '@beatbot/contracts/renderer/v1/renderer';
import { Annotation } from '@langchain/langgraph';

/** What to render. */
export interface Deliverables {
  /** Formats of the mix. */
  formats: string[];
  stemFormat: string;
}

/** What a production has come to: small JSON; scores and audio by their object keys. */
export const ProductionState = Annotation.Root({
  kind: Annotation<'song' | 'revision'>,
  deliverables: Annotation<Deliverables>,
  brief: Annotation<Brief>,
  plan: Annotation<Plan>,
  /** Number of the revision that is changed. */
  baseRevision: Annotation<number>,
  composed: Annotation<ComposeResult>,
  rendered: Annotation<RenderAssetsResult>,
});

export type Production = typeof ProductionState.State;
export type ProductionUpdate = Partial<Production>;

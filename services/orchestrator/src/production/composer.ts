import {
  AgentProgress,
  ComposeRequest,
  ComposeResult,
  InterpretRequest,
  ReviseScoreRequest,
} from '@beatbot/contracts/composer/v1/composer';
import { Brief, Plan } from '@beatbot/contracts/music/v1/brief';
import { CallOptions } from '@beatbot/service-kit';

/** Nest token of the {@link Composer}. */
export const COMPOSER = Symbol('Composer');

/** Told of every agent at work, and waited for. */
export type OnAgent = (progress: AgentProgress) => Promise<void>;

/** Prompt to Brief to Score. The same request gives the same answer. */
export interface Composer {
  interpret(request: InterpretRequest, call: CallOptions): Promise<Brief>;
  producePlan(brief: Brief, call: CallOptions): Promise<Plan>;
  compose(request: ComposeRequest, onAgent: OnAgent, call: CallOptions): Promise<ComposeResult>;
  revise(request: ReviseScoreRequest, onAgent: OnAgent, call: CallOptions): Promise<ComposeResult>;
}

import type { Problem } from './problem';

/** idle → connecting → joining (in the room, no agent yet) → talking ⇄ rejoining (the agent left; it may come back) → idle. */
export type Phase = 'idle' | 'connecting' | 'joining' | 'talking' | 'rejoining';

/** The values of the participant attribute `lk.agent.state`. */
const agentStates = ['initializing', 'idle', 'listening', 'thinking', 'speaking'] as const;
export type AgentState = (typeof agentStates)[number];

export type Microphone = 'off' | 'opening' | 'on' | 'muted' | 'unavailable';

export interface ConversationState {
  readonly phase: Phase;
  /** Undefined without an agent, and for one that does not say. */
  readonly agentState: AgentState | undefined;
  readonly microphone: Microphone;
  readonly isReconnecting: boolean;
  readonly problem: Problem | undefined;
}

export const idle: ConversationState = { phase: 'idle', agentState: undefined, microphone: 'off', isReconnecting: false, problem: undefined };

export function agentStateOf(attributes: Readonly<Record<string, string>>): AgentState | undefined {
  const value = attributes['lk.agent.state'];
  return agentStates.find((state) => state === value);
}

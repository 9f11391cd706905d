import type { AgentState, ConversationState } from './conversation-state';

const agentStates: Record<AgentState, string> = {
  initializing: 'The agent is getting ready…',
  idle: 'The agent is waiting.',
  listening: 'Listening',
  thinking: 'Thinking…',
  speaking: 'Speaking',
};

/** The line under the picture. */
export function describe(state: ConversationState): string {
  if (state.isReconnecting) return 'Connection interrupted. Reconnecting…';
  switch (state.phase) {
    case 'idle':
      return state.problem ? '' : 'Not connected';
    case 'connecting':
      return 'Connecting…';
    case 'joining':
      return 'Waiting for the agent to join…';
    case 'rejoining':
      return 'The agent left. Waiting for it to come back…';
    case 'talking':
      return state.agentState ? agentStates[state.agentState] : 'In conversation';
  }
}

/** What the talk button does next. */
export function talkLabel(state: ConversationState): string {
  switch (state.phase) {
    case 'idle':
      return 'Start talking';
    case 'connecting':
    case 'joining':
      return 'Cancel';
    case 'talking':
    case 'rejoining':
      return 'Hang up';
  }
}

export function muteLabel(state: ConversationState): string {
  return state.microphone === 'on' || state.microphone === 'opening' ? 'Mute' : 'Unmute';
}

// An agent for @livekit/agents that answers whoever is in its room: it says in its attributes what it was told, and hangs up when asked.
import { defineAgent } from '@livekit/agents';

export default defineAgent({
  entry: async (ctx) => {
    await ctx.connect();
    const me = ctx.room.localParticipant;
    ctx.room.localParticipant.registerRpcMethod('hang-up', async () => {
      setTimeout(() => ctx.shutdown('asked to'), 100);
      return 'bye';
    });
    await me.setAttributes({ told: ctx.job.metadata || '(nothing)' });
  },
});

// An official Node worker: registers, is handed a job in the way that is asked for, joins, and its job ends.
import { fileURLToPath } from 'node:url';
import { AgentServer, ServerOptions, initializeLogger } from '@livekit/agents';
import { ParticipantKind, RoomEvent } from '@livekit/rtc-node';
import { RoomAgentDispatch, RoomConfiguration } from '@livekit/protocol';
import { AgentDispatchClient } from 'livekit-server-sdk';
import { join, next, roomService, run, settings, until } from './scenario.mjs';

await run(async () => {
  initializeLogger({ pretty: false, level: 'error' });
  const agentName = settings.dispatch === 'automatic' ? '' : `echo-${settings.room}`;
  const server = new AgentServer(new ServerOptions({
    agent: fileURLToPath(new URL('./echo-agent.mjs', import.meta.url)),
    agentName,
    wsURL: settings.url,
    apiKey: settings.apiKey,
    apiSecret: settings.apiSecret,
    host: '127.0.0.1',
    port: 0,
    numIdleProcesses: 1,
    loadFunc: async () => 0,
    initializeProcessTimeout: 60000,
    // A server without a name is asked for every room; this one takes the test's alone.
    requestFunc: async (job) => (job.room.name === settings.room ? job.accept('echo', 'agent-echo') : job.reject()),
  }));
  const registered = next(server.event, 'worker_registered', () => true, { seconds: 60 });
  const running = server.run();
  running.catch(() => {});
  await Promise.race([registered, running]);

  const dispatches = new AgentDispatchClient(settings.url.replace(/^ws/, 'http'), settings.apiKey, settings.apiSecret);
  const roomConfig = new RoomConfiguration({ agents: [new RoomAgentDispatch({ agentName, metadata: 'by token' })] });
  const alice = await join('alice', {}, settings.dispatch === 'token' ? { roomConfig } : {});
  let dispatch;
  if (settings.dispatch === 'api') dispatch = await dispatches.createDispatch(settings.room, agentName, { metadata: 'by api' });

  const agent = await until(alice, [RoomEvent.ParticipantConnected, RoomEvent.ParticipantAttributesChanged],
    () => [...alice.remoteParticipants.values()].find((participant) => 'told' in participant.attributes), { seconds: 60, what: 'the agent joins' });
  const seen = {
    asked: agentName,
    kind: ParticipantKind[agent.info.kind],
    told: agent.attributes.told,
    listed: (await dispatches.listDispatch(settings.room)).map((listed) => listed.agentName),
  };
  const gone = next(alice, RoomEvent.ParticipantDisconnected, (participant) => participant.identity === agent.identity, { seconds: 60 });
  if (dispatch) await dispatches.deleteDispatch(dispatch.id, settings.room);
  else await alice.localParticipant.performRpc({ destinationIdentity: agent.identity, method: 'hang-up', payload: '', responseTimeout: 15000 });
  await gone;
  seen.left = true;
  await alice.disconnect();
  return seen;
});

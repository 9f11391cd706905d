// Two participants with @livekit/rtc-node: speech, data, text streams, attributes, metadata, RPC, departure.
import { RoomEvent, TrackKind, DisconnectReason } from '@livekit/rtc-node';
import { join, listen, next, publishMicrophone, readWav, run, settings, speak, subscribed, within, writeWav } from './scenario.mjs';

await run(async () => {
  const seen = {};
  const texts = [];
  let resolveText;
  const text = new Promise((resolve) => (resolveText = resolve));
  const bob = await join('bob', {}, {}, (room) => {
    room.registerTextStreamHandler('greeting', async (reader, sender) => {
      for await (const piece of reader) texts.push(piece);
      resolveText({ text: texts.join(''), from: sender.identity, attributes: reader.info.attributes });
    });
  });
  const arrival = next(bob, RoomEvent.ParticipantConnected, (participant) => participant.identity === 'alice');
  const alice = await join('alice', {}, { name: 'Alice', metadata: 'first', attributes: { colour: 'blue' } });
  const [aliceAtBob] = await arrival;
  seen.joined = { name: aliceAtBob.name, metadata: aliceAtBob.metadata, attributes: { ...aliceAtBob.attributes } };

  const microphone = await publishMicrophone(alice);
  const track = await subscribed(bob, 'alice');
  seen.trackKind = track.kind === TrackKind.KIND_AUDIO ? 'audio' : 'video';
  const heard = listen(track);
  await speak(microphone.source, readWav(settings.speech));
  await within(10, 'hearing alice', heard.first);
  writeWav(settings.heard, await heard.stop());

  const data = next(bob, RoomEvent.DataReceived, (_, __, ___, topic) => topic === 'numbers');
  await alice.localParticipant.publishData(Uint8Array.from([1, 2, 3]), { reliable: true, topic: 'numbers', destination_identities: ['bob'] });
  const [payload, sender] = await data;
  seen.data = { bytes: [...payload], from: sender.identity };

  // Longer than one packet, so that it arrives in several.
  const greeting = 'Grüße! '.repeat(6000);
  await alice.localParticipant.sendText(greeting, { topic: 'greeting', attributes: { mood: 'good' } });
  const received = await within(30, 'text stream', text);
  seen.text = { whole: received.text === greeting, from: received.from, mood: received.attributes?.mood };

  const attributes = next(bob, RoomEvent.ParticipantAttributesChanged, (changed) => 'colour' in changed);
  await alice.localParticipant.setAttributes({ colour: 'green' });
  seen.attributes = (await attributes)[0];
  const metadata = next(bob, RoomEvent.ParticipantMetadataChanged);
  await alice.localParticipant.updateMetadata('second');
  await metadata;
  seen.metadata = aliceAtBob.metadata;
  const name = next(bob, RoomEvent.ParticipantNameChanged, (value) => value === 'Alice B');
  await alice.localParticipant.updateName('Alice B');
  seen.name = (await name)[0];

  bob.localParticipant.registerRpcMethod('double', async (call) => String(Number(call.payload) * 2) + ' for ' + call.callerIdentity);
  seen.rpc = await alice.localParticipant.performRpc({ destinationIdentity: 'bob', method: 'double', payload: '21', responseTimeout: 15000 });
  seen.rpcUnknown = await alice.localParticipant
    .performRpc({ destinationIdentity: 'bob', method: 'nothing', payload: '', responseTimeout: 15000 })
    .then(() => 'answered', (error) => error.code);

  const replaced = next(alice, RoomEvent.Disconnected);
  const again = await join('alice');
  seen.duplicate = DisconnectReason[(await replaced)[0]];

  const gone = next(bob, RoomEvent.ParticipantDisconnected, (participant) => participant.identity === 'alice');
  await again.disconnect();
  await gone;
  await bob.disconnect();
  return seen;
});

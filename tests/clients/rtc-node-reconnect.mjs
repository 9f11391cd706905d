// A participant with @livekit/rtc-node loses its connection in both ways and is heard again.
import { RoomEvent, SimulateScenarioKind } from '@livekit/rtc-node';
import { join, listen, next, publishMicrophone, readWav, run, settings, speak, subscribed, within, writeWav } from './scenario.mjs';

await run(async () => {
  const bob = await join('bob');
  const alice = await join('alice');
  const microphone = await publishMicrophone(alice);
  await subscribed(bob, 'alice');

  const kinds = { resume: SimulateScenarioKind.SIMULATE_SIGNAL_RECONNECT, full: SimulateScenarioKind.SIMULATE_FULL_RECONNECT };
  const seen = { events: [] };
  alice.on(RoomEvent.LocalTrackRepublished, () => seen.events.push('republished'));
  const reconnected = next(alice, RoomEvent.Reconnected, () => true, { seconds: 60 });
  await alice.simulateScenario(kinds[settings.kind]);
  await reconnected;
  seen.events.push('reconnected');

  const track = await subscribed(bob, 'alice');
  const data = next(bob, RoomEvent.DataReceived, (_, __, ___, topic) => topic === 'after');
  await alice.localParticipant.publishData(Uint8Array.from([7]), { reliable: true, topic: 'after' });
  seen.data = [...(await data)[0]];

  const heard = listen(track);
  await speak(microphone.source, readWav(settings.speech));
  await within(10, 'hearing alice', heard.first);
  writeWav(settings.heard, await heard.stop());
  await alice.disconnect();
  await bob.disconnect();
  return seen;
});

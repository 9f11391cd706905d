// livekit-server-sdk: rooms and participants as a back end manages them, with a participant to manage.
import { DisconnectReason, RoomEvent, TrackKind } from '@livekit/rtc-node';
import { DataPacket_Kind } from '@livekit/protocol';
import { TokenVerifier } from 'livekit-server-sdk';
import { join, next, publishMicrophone, roomService, run, settings, token } from './scenario.mjs';

await run(async () => {
  const seen = {};
  const service = roomService();
  const created = await service.createRoom({ name: settings.room, emptyTimeout: 60, departureTimeout: 5, maxParticipants: 3, metadata: 'lobby' });
  seen.created = { name: created.name, hasSid: created.sid.startsWith('RM_'), metadata: created.metadata, emptyTimeout: created.emptyTimeout, maxParticipants: created.maxParticipants };
  seen.listed = (await service.listRooms([settings.room])).length;

  const alice = await join('alice', {}, { name: 'Alice' });
  const microphone = await publishMicrophone(alice);
  const participants = await service.listParticipants(settings.room);
  seen.participants = participants.map((participant) => participant.identity);
  // A server may list a track a moment after it told its publisher.
  let found;
  for (let i = 0; i < 100 && !found?.tracks.length; i++) {
    if (i > 0) await new Promise((resolve) => setTimeout(resolve, 100));
    found = await service.getParticipant(settings.room, 'alice');
  }
  seen.tracks = found.tracks.map((track) => [track.name, track.muted]);

  const muted = next(alice, RoomEvent.TrackMuted);
  await service.mutePublishedTrack(settings.room, 'alice', microphone.publication.sid, true);
  seen.muted = (await muted)[1].identity;

  const attributes = next(alice, RoomEvent.ParticipantAttributesChanged);
  await service.updateParticipant(settings.room, 'alice', { metadata: 'set by the back end', attributes: { seat: '3' }, name: 'Alice C' });
  seen.attributes = (await attributes)[0];
  seen.updated = await service.getParticipant(settings.room, 'alice').then((p) => [p.metadata, p.name, p.attributes.seat]);

  const data = next(alice, RoomEvent.DataReceived);
  await service.sendData(settings.room, new TextEncoder().encode('hello'), DataPacket_Kind.RELIABLE, { topic: 'news', destinationIdentities: ['alice'] });
  const [payload, , , topic] = await data;
  seen.data = [new TextDecoder().decode(payload), topic];

  const roomMetadata = next(alice, RoomEvent.RoomMetadataChanged);
  await service.updateRoomMetadata(settings.room, 'hall');
  seen.roomMetadata = (await roomMetadata)[0];

  seen.unknown = await service.getParticipant(settings.room, 'nobody').then(() => 'found', (error) => error.code);
  const removed = next(alice, RoomEvent.Disconnected);
  await service.removeParticipant(settings.room, 'alice');
  seen.removed = DisconnectReason[(await removed)[0]];

  const bob = await join('bob');
  const closed = next(bob, RoomEvent.Disconnected);
  await service.deleteRoom(settings.room);
  seen.deleted = DisconnectReason[(await closed)[0]];
  seen.left = (await service.listRooms([settings.room])).length;

  const verified = await new TokenVerifier(settings.apiKey, settings.apiSecret).verify(await token('carol'));
  seen.verified = verified.sub;
  seen.refused = await fetch(`${settings.url.replace(/^ws/, 'http')}/twirp/livekit.RoomService/ListRooms`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer nonsense' },
    body: '{}',
  }).then((response) => response.status);
  return seen;
});

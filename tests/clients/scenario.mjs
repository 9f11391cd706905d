// What the scenario scripts share. A scenario takes its settings as one JSON argument and prints one JSON line with what it saw;
// what was expected is decided by the test that started it.
import { readFileSync, writeFileSync } from 'node:fs';
import { AudioFrame, AudioSource, AudioStream, LocalAudioTrack, Room, RoomEvent, TrackKind, TrackPublishOptions, TrackSource } from '@livekit/rtc-node';
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';

export const settings = JSON.parse(process.argv[2]);
export const sampleRate = 16000;

// An address that answers nothing: the SDK's default servers cannot be resolved on a closed network.
const rtcConfig = { iceServers: [{ urls: ['stun:127.0.0.1:9'], username: '', password: '' }] };

export async function token(identity, grants = {}, options = {}) {
  const accessToken = new AccessToken(settings.apiKey, settings.apiSecret, { identity, ttl: '10m', ...options });
  accessToken.addGrant({ roomJoin: true, room: settings.room, canUpdateOwnMetadata: true, ...grants });
  if (options.roomConfig) accessToken.roomConfig = options.roomConfig;
  return accessToken.toJwt();
}

export const roomService = () => new RoomServiceClient(settings.url.replace(/^ws/, 'http'), settings.apiKey, settings.apiSecret);

export async function join(identity, grants, options, beforeConnect) {
  const room = new Room();
  beforeConnect?.(room);
  await within(30, `${identity} joins`, room.connect(settings.url, await token(identity, grants, options), { autoSubscribe: true, dynacast: false, rtcConfig }));
  return room;
}

export function within(seconds, what, promise) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not within ${seconds} s`)), seconds * 1000);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

// The arguments of the next event that satisfies the condition.
export function next(emitter, event, condition = () => true, { seconds = 30 } = {}) {
  return within(seconds, event, new Promise((resolve) => {
    const listener = (...values) => {
      if (!condition(...values)) return;
      emitter.off(event, listener);
      resolve(values);
    };
    emitter.on(event, listener);
  }));
}

// What `find` finds, looked for now and again after each of the events.
export function until(emitter, events, find, { seconds = 30, what = events.join(' or ') } = {}) {
  let look;
  const found = new Promise((resolve) => {
    look = () => {
      const value = find();
      if (value) resolve(value);
    };
    for (const event of events) emitter.on(event, look);
    look();
  });
  return within(seconds, what, found).finally(() => events.forEach((event) => emitter.off(event, look)));
}

export function readWav(path) {
  const bytes = readFileSync(path);
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset + 44, bytes.byteOffset + bytes.length));
}

export function writeWav(path, samples, rate = sampleRate) {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length * 2, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length * 2, 40);
  writeFileSync(path, Buffer.concat([header, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]));
}

export async function publishMicrophone(room) {
  const source = new AudioSource(sampleRate, 1);
  const track = LocalAudioTrack.createAudioTrack('microphone', source);
  const options = new TrackPublishOptions();
  options.source = TrackSource.SOURCE_MICROPHONE;
  const publication = await within(30, 'publishing', room.localParticipant.publishTrack(track, options));
  return { source, track, publication };
}

// Speaks the samples with silence before and after, in real time.
export async function speak(source, samples) {
  const silence = new Int16Array(sampleRate / 2);
  for (const part of [silence, samples, silence]) {
    for (let at = 0; at < part.length; at += sampleRate / 100) {
      const frame = new Int16Array(sampleRate / 100);
      frame.set(part.subarray(at, at + frame.length));
      await source.captureFrame(new AudioFrame(frame, sampleRate, 1, frame.length));
    }
  }
  await source.waitForPlayout();
}

// Collects what a track says from now on; stop() returns the samples.
export function listen(track) {
  const reader = new AudioStream(track, sampleRate, 1).getReader();
  const pieces = [];
  let resolveFirst;
  const first = new Promise((resolve) => (resolveFirst = resolve));
  const done = (async () => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      pieces.push(Int16Array.from(value.data));
      resolveFirst();
    }
  })();
  return {
    first,
    async stop() {
      await new Promise((resolve) => setTimeout(resolve, 700));
      await reader.cancel();
      await done.catch(() => {});
      const all = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
      let at = 0;
      for (const piece of pieces) {
        all.set(piece, at);
        at += piece.length;
      }
      return all;
    },
  };
}

// The audio track that `identity` publishes, subscribed.
export function subscribed(room, identity) {
  return until(room, [RoomEvent.TrackSubscribed], () => {
    const publications = room.remoteParticipants.get(identity)?.trackPublications ?? new Map();
    return [...publications.values()].find((publication) => publication.track && publication.kind === TrackKind.KIND_AUDIO)?.track;
  }, { what: `hearing ${identity}` });
}

export async function run(scenario) {
  try {
    const result = await scenario();
    process.stdout.write(JSON.stringify(result) + '\n', () => process.exit(0));
  } catch (error) {
    process.stderr.write(`${error?.stack ?? error}\n`);
    process.exit(1);
  }
}

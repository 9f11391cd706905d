// livekit-client in a real Chromium whose microphone is a WAV file, and a participant with @livekit/rtc-node who talks to it.
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { chromium } from 'playwright-core';
import { RoomEvent } from '@livekit/rtc-node';
import { join, listen, next, publishMicrophone, readWav, run, settings, speak, subscribed, token, within, writeWav } from './scenario.mjs';

await run(async () => {
  const files = {
    '/': ['text/html', readFileSync(new URL('./browser.html', import.meta.url))],
    '/livekit-client.umd.js': ['text/javascript', readFileSync(new URL('./node_modules/livekit-client/dist/livekit-client.umd.js', import.meta.url))],
  };
  const pages = createServer((request, response) => {
    const [type, body] = files[request.url] ?? [];
    response.writeHead(body ? 200 : 404, { 'content-type': type ?? 'text/plain' }).end(body);
  });
  await new Promise((resolve) => pages.listen(0, '127.0.0.1', resolve));

  const profile = mkdtempSync(path(tmpdir(), 'browser-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--autoplay-policy=no-user-gesture-required', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${settings.speech}`],
    permissions: ['microphone'],
  });
  try {
    const seen = {};
    const page = await browser.newPage();
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`http://127.0.0.1:${pages.address().port}/`);

    const bob = await join('bob', {}, {}, (room) => {
      room.registerTextStreamHandler('typed', async (reader, sender) => room.emit('typed', await reader.readAll(), sender.identity));
    });
    const microphone = await publishMicrophone(bob);
    const arrival = next(bob, RoomEvent.ParticipantConnected, (participant) => participant.identity === 'page');
    seen.state = await page.evaluate(async ([url, jwt]) => {
      window.room = new LivekitClient.Room({ adaptiveStream: false, dynacast: false });
      window.events = [];
      for (const event of ['Reconnecting', 'SignalReconnecting', 'Reconnected', 'Disconnected', 'ParticipantAttributesChanged', 'ActiveSpeakersChanged'])
        room.on(LivekitClient.RoomEvent[event], (value) => window.events.push(event));
      room.on(LivekitClient.RoomEvent.DataReceived, (payload, participant, kind, topic) => (window.data = [...payload, participant?.identity, topic]));
      room.registerTextStreamHandler('typed', async (reader, { identity }) => (window.typed = [await reader.readAll(), identity]));
      await room.connect(url, jwt);
      await room.localParticipant.setMicrophoneEnabled(true, { echoCancellation: false, noiseSuppression: false, autoGainControl: false });
      return room.state;
    }, [settings.url, await token('page', {}, { attributes: { from: 'browser' } })]);
    const [participant] = await arrival;
    seen.attributes = { ...participant.attributes };

    // The browser plays its file once: what bob hears begins somewhere in its repetition, so he listens for two rounds.
    const pageTrack = await subscribed(bob, 'page');
    const heardByBob = listen(pageTrack);
    await within(20, 'hearing the page', heardByBob.first);
    await new Promise((resolve) => setTimeout(resolve, settings.speechSeconds * 2000));
    writeWav(settings.heardByPeer, await heardByBob.stop());

    await page.waitForFunction(() => [...room.remoteParticipants.values()].some((p) => [...p.audioTrackPublications.values()].some((t) => t.track)), null, { timeout: 30000 });
    await page.evaluate(async () => {
      const publication = [...room.remoteParticipants.get('bob').audioTrackPublications.values()][0];
      window.stop = await record(publication.track.mediaStreamTrack);
    });
    await speak(microphone.source, readWav(settings.answer));
    const said = Buffer.from(await page.evaluate(() => window.stop()), 'base64');
    writeWav(settings.heardByPage, new Int16Array(said.buffer.slice(said.byteOffset, said.byteOffset + said.length)));

    await bob.localParticipant.publishData(Uint8Array.from([4, 2]), { reliable: true, topic: 'numbers' });
    await page.waitForFunction(() => window.data, null, { timeout: 30000 });
    seen.dataAtPage = await page.evaluate(() => window.data);
    await bob.localParticipant.sendText('hello page', { topic: 'typed' });
    await page.waitForFunction(() => window.typed, null, { timeout: 30000 });
    seen.textAtPage = await page.evaluate(() => window.typed);
    const typed = next(bob, 'typed');
    await page.evaluate(() => room.localParticipant.sendText('hello bob', { topic: 'typed' }));
    seen.textAtPeer = await typed;
    const data = next(bob, RoomEvent.DataReceived, (_, __, ___, topic) => topic === 'back');
    await page.evaluate(() => room.localParticipant.publishData(Uint8Array.from([9]), { reliable: true, topic: 'back' }));
    seen.dataAtPeer = [...(await data)[0]];

    const muted = next(bob, RoomEvent.TrackMuted);
    await page.evaluate(() => room.localParticipant.setMicrophoneEnabled(false));
    seen.muted = (await muted)[1].identity;
    const unmuted = next(bob, RoomEvent.TrackUnmuted);
    await page.evaluate(() => room.localParticipant.setMicrophoneEnabled(true));
    await unmuted;

    for (const scenario of ['resume-reconnect', 'full-reconnect']) {
      await page.evaluate(async (scenario) => {
        const reconnected = new Promise((resolve, reject) => {
          room.once(LivekitClient.RoomEvent.Reconnected, resolve);
          setTimeout(() => reject(new Error(`${scenario}: not reconnected within 45 s; ${window.events}`)), 45000);
        });
        await room.simulateScenario(scenario);
        await reconnected;
      }, scenario);
      // The server may have lost what was sent while it changed over, so the page goes on sending.
      const after = next(bob, RoomEvent.DataReceived, (_, __, ___, topic) => topic === scenario);
      const sending = setInterval(() => page.evaluate((scenario) =>
        room.localParticipant.publishData(Uint8Array.from([1]), { reliable: true, topic: scenario }), scenario), 500);
      await after.finally(() => clearInterval(sending));
    }
    await subscribed(bob, 'page');
    seen.stateAfterReconnects = await page.evaluate(() => room.state);

    const gone = next(bob, RoomEvent.ParticipantDisconnected, (participant) => participant.identity === 'page');
    await page.evaluate(() => room.disconnect());
    await gone;
    await bob.disconnect();
    seen.complaints = complaints;
    return seen;
  } finally {
    await browser.close();
    pages.close();
    rmSync(profile, { recursive: true, force: true });
  }
});

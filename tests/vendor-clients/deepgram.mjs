// Holds a streaming conversation with Deepgram through the vendor's own client and through LiveKit's plugin, by base URL alone. Input:
// {"base":"http://…","key":"…","text":"…","speech":"BASE64 of 16 kHz PCM"}; output: what each of them heard and was told.
import { initializeLogger, stt as speech } from "@livekit/agents";
import { STT, STTv2, TTS } from "@livekit/agents-plugin-deepgram";
import { DeepgramClient } from "@deepgram/sdk";
import { AudioFrame } from "@livekit/rtc-node";
import { text as read } from "node:stream/consumers";

const { base, key, text, speech: encoded } = JSON.parse(await read(process.stdin));
const limit = setTimeout(() => {
  console.error("The conversation has not ended within 60 s.");
  process.exit(1);
}, 60_000);
initializeLogger({ pretty: false, level: "fatal" });

const socketBase = base.replace(/^http/u, "ws");
const pcm = Buffer.from(encoded, "base64");
const chunks = [];
for (let at = 0; at < pcm.length; at += 3_200)
  chunks.push(pcm.subarray(at, Math.min(at + 3_200, pcm.length)));

const client = new DeepgramClient({ apiKey: key, baseUrl: base, environment: { base, production: socketBase, agent: socketBase, agentRest: base } });

/** Opens one of the client's sockets; `act` sends, `onMessage` says when all has come. */
async function converse(connecting, act, onMessage) {
  const socket = await connecting;
  const messages = [];
  const over = new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("message", message => {
      messages.push(message);
      if (onMessage(message, socket, messages))
        resolve();
    });
  });
  socket.connect();
  await socket.waitForOpen();
  act(socket);
  await over;
  socket.close();
  return messages;
}

async function listen() {
  const messages = await converse(
    client.listen.v1.connect({
      model: "nova-3", language: "en-US", encoding: "linear16", sample_rate: 16000, interim_results: "true", smart_format: "true",
      vad_events: "true", utterance_end_ms: "1000", keyterm: ["LiveKit", "voice agent"], Authorization: `Token ${key}`, reconnectAttempts: 0,
    }),
    socket => {
      chunks.forEach(chunk => socket.sendMedia(chunk));
      socket.sendKeepAlive({ type: "KeepAlive" });
      socket.sendFinalize({ type: "Finalize" });
    },
    (message, socket) => {
      if (message.from_finalize)
        socket.sendCloseStream({ type: "CloseStream" });
      return message.type === "Metadata";
    });
  const results = messages.filter(message => message.type === "Results" && message.channel.alternatives[0].transcript.length > 0);
  return {
    types: [...new Set(messages.map(message => message.type))],
    interim: results.some(result => !result.is_final),
    final: results.filter(result => result.is_final).map(result => result.channel.alternatives[0].transcript).join(" "),
    words: results.filter(result => result.is_final).flatMap(result => result.channel.alternatives[0].words).length,
    fromFinalize: messages.filter(message => message.from_finalize).length,
    duration: messages.at(-1).duration,
  };
}

async function flux() {
  const messages = await converse(
    client.listen.v2.connect({ model: "flux-general-en", encoding: "linear16", sample_rate: 16000, eot_threshold: 1.0, Authorization: `Token ${key}`, reconnectAttempts: 0 }),
    socket => {
      socket.sendForceEndTurn({ type: "ForceEndTurn" });
      chunks.forEach(chunk => socket.sendMedia(chunk));
      socket.sendConfigure({ type: "Configure", thresholds: { eot_timeout_ms: 9000 } });
      socket.sendForceEndTurn({ type: "ForceEndTurn" });
    },
    message => message.event === "EndOfTurn");
  const last = messages.at(-1);
  return {
    types: [...new Set(messages.map(message => message.type))],
    warning: messages.find(message => message.type === "Warning")?.code,
    events: [...new Set(messages.filter(message => message.type === "TurnInfo").map(message => message.event))],
    sequence: messages.filter(message => message.sequence_id !== undefined).every((message, i) => message.sequence_id === i),
    final: last.transcript,
    trigger: last.trigger,
    words: last.words.filter(word => word.end > word.start).length,
  };
}

async function speak() {
  let flushes = 0;
  const messages = await converse(
    client.speak.v1.connect({ model: "aura-2-thalia-en", encoding: "linear16", sample_rate: 24000, Authorization: `Token ${key}`, reconnectAttempts: 0 }),
    socket => {
      socket.sendText({ type: "Speak", text });
      socket.sendFlush({ type: "Flush" });
    },
    (message, socket) => {
      if (message.type === "Flushed" && ++flushes === 1) {
        socket.sendText({ type: "Speak", text: `${text} ${text} ${text}` });
        socket.sendFlush({ type: "Flush" });
        socket.sendClear({ type: "Clear" });
      }

      return message.type === "Cleared";
    });
  const sizes = messages.slice(0, messages.findIndex(message => message.type === "Flushed")).filter(message => !message.type).map(sound => sound.size);
  const flushed = messages.filter(message => message.type === "Flushed").length;
  return { types: [...new Set(messages.map(message => message.type).filter(Boolean))], bytes: sizes.reduce((sum, size) => sum + size, 0), flushed };
}

/** LiveKit's plugin: frames in, events out until the first final result. */
async function hear(recogniser, ends) {
  const stream = recogniser.stream();
  const heard = { types: new Set(), final: "" };
  const reading = (async () => {
    for await (const event of stream) {
      heard.types.add(speech.SpeechEventType[event.type] ?? event.type);
      if (event.type !== speech.SpeechEventType.FINAL_TRANSCRIPT)
        continue;
      heard.final += event.alternatives[0].text;
      heard.words = event.alternatives[0].words?.length ?? 0;
      break;
    }
  })();
  for (const chunk of chunks)
    stream.pushFrame(new AudioFrame(new Int16Array(chunk.buffer.slice(chunk.byteOffset, chunk.byteOffset + chunk.length)), 16000, 1, chunk.length / 2));
  if (ends)
    stream.flush();
  await reading;
  stream.close();
  return { ...heard, types: [...heard.types] };
}

async function say() {
  const stream = new TTS({ apiKey: key, baseUrl: base, model: "aura-2-thalia-en", sampleRate: 24000 }).stream();
  stream.pushText(text);
  stream.flush();
  stream.endInput();
  let samples = 0;
  for await (const audio of stream) {
    if (typeof audio === "symbol")
      break;
    samples += audio.frame.samplesPerChannel;
  }

  stream.close();
  return { samples };
}

const told = {
  listen: await listen(),
  flux: await flux(),
  speak: await speak(),
  livekitListen: await hear(new STT({ apiKey: key, baseUrl: socketBase, model: "nova-3", language: "en-US" }), true),
  livekitFlux: await hear(new STTv2({ apiKey: key, endpointUrl: `${socketBase}/v2/listen`, model: "flux-general-en" }), false),
  livekitSpeak: await say(),
};
clearTimeout(limit);
process.stdout.write(JSON.stringify(told), () => process.exit(0));

// Holds a streaming exchange with AssemblyAI's service through the vendor's own client: one turn that the service ends, one that the client ends, settings changed in
// between. Input: {"base":"wss://…/v3/ws","key":"…","speech":"BASE64 of 16 kHz PCM","formatTurns":true}; output: what was heard.
import { AssemblyAI } from "assemblyai";
import { text as read } from "node:stream/consumers";

const { base, key, speech, formatTurns } = JSON.parse(await read(process.stdin));
const limit = setTimeout(() => {
    console.error(`The exchange has not ended within 30 s: ${JSON.stringify({ turns, errors })}`);
    process.exit(1);
}, 30_000);

const sampleRate = 16_000;
const chunk = sampleRate / 10 * 2;
const transcriber = new AssemblyAI({ apiKey: key }).streaming.transcriber({
    websocketBaseUrl: base,
    sampleRate,
    speechModel: "universal-streaming-english",
    formatTurns,
    minTurnSilence: 400,
    maxTurnSilence: 1280,
    endOfTurnConfidenceThreshold: 0.4,
    keytermsPrompt: ["bread", "milk"],
    connectTimeout: 10_000,
});

const turns = [];
const errors = [];
const waiting = [];
transcriber.on("turn", turn => {
    turns.push({ order: turn.turn_order, formatted: turn.turn_is_formatted, end: turn.end_of_turn, transcript: turn.transcript, words: turn.words });
    for (const wait of waiting.splice(0))
        (wait.until(turn) ? wait.resolve() : waiting.push(wait));
});
transcriber.on("error", error => errors.push(String(error)));
const turnWith = until => new Promise(resolve => waiting.push({ until, resolve }));
const ended = order => turnWith(turn => turn.turn_order === order && turn.end_of_turn && (turn.turn_is_formatted || !formatTurns));

function send(pcm) {
    for (let from = 0; from < pcm.length; from += chunk) {
        const piece = pcm.subarray(from, from + chunk);
        if (piece.length >= sampleRate / 20 * 2)
            transcriber.sendAudio(piece.buffer.slice(piece.byteOffset, piece.byteOffset + piece.length));
    }
}

const begin = await transcriber.connect();
const pcm = Buffer.from(speech, "base64");
const first = ended(0);
send(pcm);
send(Buffer.alloc(2 * sampleRate * 2));
await first;

transcriber.updateConfiguration({ max_turn_silence: 900 });
transcriber.keepAlive();
const second = ended(1);
send(pcm);
transcriber.forceEndpoint();
await second;

// Ends when the service has terminated the session.
await transcriber.close();
clearTimeout(limit);
console.log(JSON.stringify({ begin, turns, errors }));

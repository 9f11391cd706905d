// Has text spoken by ElevenLabs' service through the vendor's own client, which streams over HTTP: raw sound, and sound with the time of each character.
// Input: {"base":"http://…","key":"…","voice":"…","text":"…"}; output: what came.
import { ElevenLabsClient } from "@elevenlabs/elevenlabs-js";
import { text as read } from "node:stream/consumers";

const { base, key, voice, text } = JSON.parse(await read(process.stdin));
const limit = setTimeout(() => {
    console.error("The exchange has not ended within 30 s.");
    process.exit(1);
}, 30_000);

const client = new ElevenLabsClient({ baseUrl: base, apiKey: key, maxRetries: 0 });
const pieces = [];
for await (const piece of await client.textToSpeech.stream(voice, { text, modelId: "eleven_flash_v2_5", outputFormat: "pcm_24000" }))
    pieces.push(piece.length);

const timed = { bytes: 0, text: "", last: 0 };
for await (const piece of await client.textToSpeech.streamWithTimestamps(voice, { text, modelId: "eleven_flash_v2_5", outputFormat: "pcm_24000" })) {
    timed.bytes += Buffer.from(piece.audioBase64, "base64").length;
    timed.text += piece.alignment?.characters.join("") ?? "";
    timed.last = piece.alignment?.characterEndTimesSeconds.at(-1) ?? timed.last;
}

let refusal = null;
try {
    for await (const _ of await new ElevenLabsClient({ baseUrl: base, apiKey: "wrong-key", maxRetries: 0 }).textToSpeech.stream(voice, { text, outputFormat: "pcm_24000" }))
        break;
} catch (error) {
    refusal = { status: error.statusCode, body: error.body };
}

clearTimeout(limit);
console.log(JSON.stringify({ pieces: pieces.length, bytes: pieces.reduce((sum, length) => sum + length, 0), timed, refusal }));

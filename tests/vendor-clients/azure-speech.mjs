// Holds a spoken exchange with Azure's speech service through Microsoft's own Speech SDK: synthesizes text in three ways with word boundaries, recognises
// speech continuously from a push stream, and tries a wrong key. Input: {"host":"ws://…","key":"…","text":"…","speech":"BASE64 of 16 kHz PCM"}; output: what was heard.
import * as sdk from "microsoft-cognitiveservices-speech-sdk";
import { text as read } from "node:stream/consumers";

const { host, key, text, speech } = JSON.parse(await read(process.stdin));
const limit = setTimeout(() => {
    console.error("The exchange has not ended within 60 s.");
    process.exit(1);
}, 60_000);

const reasonOf = result => sdk.ResultReason[result.reason];

function synthesizer(config) {
    config.speechSynthesisVoiceName = "en-US-AvaMultilingualNeural";
    config.speechSynthesisOutputFormat = sdk.SpeechSynthesisOutputFormat.Raw24Khz16BitMonoPcm;
    const made = new sdk.SpeechSynthesizer(config, null);
    const words = [];
    made.wordBoundary = (_, boundary) => words.push({ text: boundary.text, offset: boundary.audioOffset, duration: boundary.duration, type: boundary.boundaryType });
    return { made, words };
}

async function speak(config, start) {
    const { made, words } = synthesizer(config);
    try {
        const result = await new Promise((resolve, reject) => start(made, resolve, reject));
        return { reason: reasonOf(result), error: result.errorDetails ?? null, bytes: result.audioData?.byteLength ?? 0, duration: result.audioDuration, words };
    } finally {
        made.close();
    }
}

function stream(made, resolve, reject) {
    const request = new sdk.SpeechSynthesisRequest(sdk.SpeechSynthesisRequestInputType.TextStream);
    made.speakAsync(request, resolve, reject);
    for (const piece of text.split(/(?<= )/u))
        request.inputStream.write(piece);
    request.inputStream.close();
}

async function recognise() {
    const config = sdk.SpeechConfig.fromHost(new URL(host), key);
    config.speechRecognitionLanguage = "en-US";
    config.outputFormat = sdk.OutputFormat.Detailed;
    config.requestWordLevelTimestamps();
    const source = sdk.AudioInputStream.createPushStream(sdk.AudioStreamFormat.getWaveFormatPCM(16_000, 16, 1));
    const recogniser = new sdk.SpeechRecognizer(config, sdk.AudioConfig.fromStreamInput(source));
    const seen = { interim: [], final: [], events: [], cancelled: [] };
    recogniser.speechStartDetected = () => seen.events.push("start");
    recogniser.speechEndDetected = () => seen.events.push("end");
    recogniser.recognizing = (_, event) => seen.interim.push(event.result.text);
    recogniser.recognized = (_, event) => {
        if (event.result.reason === sdk.ResultReason.RecognizedSpeech)
            seen.final.push({ text: event.result.text, offset: event.result.offset, duration: event.result.duration, detail: JSON.parse(event.result.json).NBest?.[0] ?? null });
    };
    recogniser.canceled = (_, event) => seen.cancelled.push(sdk.CancellationReason[event.reason]);
    const stopped = new Promise(resolve => recogniser.sessionStopped = resolve);
    await new Promise((resolve, reject) => recogniser.startContinuousRecognitionAsync(resolve, reject));
    const samples = Buffer.from(speech, "base64");
    for (let from = 0; from < samples.length; from += 3200)
        source.write(samples.buffer.slice(samples.byteOffset + from, samples.byteOffset + Math.min(from + 3200, samples.length)));
    source.close();
    await stopped;
    await new Promise((resolve, reject) => recogniser.stopContinuousRecognitionAsync(resolve, reject));
    recogniser.close();
    return seen;
}

async function refused() {
    const { made } = synthesizer(sdk.SpeechConfig.fromHost(new URL(host), "wrong-key"));
    try {
        const result = await new Promise((resolve, reject) => made.speakTextAsync(text, resolve, reject));
        return { reason: reasonOf(result), error: result.errorDetails ?? null };
    } catch (error) {
        return { reason: "Thrown", error: String(error) };
    } finally {
        made.close();
    }
}

const plain = await speak(sdk.SpeechConfig.fromHost(new URL(host), key), (made, resolve, reject) => made.speakTextAsync(text, resolve, reject));
const markup = `<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en-US"><voice name="en-US-AvaMultilingualNeural"><prosody rate="+10%">${text} Tom &amp; Jerry.</prosody></voice></speak>`;
const ssml = await speak(sdk.SpeechConfig.fromHost(new URL(host), key), (made, resolve, reject) => made.speakSsmlAsync(markup, resolve, reject));
const streamed = await speak(sdk.SpeechConfig.fromEndpoint(new URL(`${host}/cognitiveservices/websocket/v2`), key), stream);
const recognised = await recognise();
console.log(JSON.stringify({ plain, ssml, streamed, recognised, refused: await refused() }));
clearTimeout(limit);
process.exit(0);

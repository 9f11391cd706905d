using Agent.Pipeline.Realtime;
using Agent.Pipeline.Realtime.Events;
using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Tests.Providers.Contracts;
using Microsoft.Extensions.AI;

namespace Agent.Tests.Providers;

/// <summary>One call of a provider of whatever kind, from its beginning to its end.</summary>
internal static class Asking
{
    /// <summary>What is said to those that are given text.</summary>
    public const string Words = "zebras juggle marmalade";

    public static async Task AskAsync(ProviderStage stage, VendorProvider provider, CancellationToken cancellationToken)
    {
        switch (provider.Kind)
        {
            case ProviderKind.SpeechToText:
                await HearAsync(stage.Catalog.GetSpeechToText(provider.Name), cancellationToken);
                break;
            case ProviderKind.LanguageModel:
                await stage.Catalog.GetLanguageModel(provider.Name).GetResponseAsync([new ChatMessage(ChatRole.User, Words)], cancellationToken: cancellationToken);
                break;
            case ProviderKind.TextToSpeech:
                await SpeakAsync(stage.Catalog.GetTextToSpeech(provider.Name), cancellationToken);
                break;
            default:
                await TalkAsync(stage, provider, cancellationToken);
                break;
        }
    }

    private static async Task HearAsync(ISpeechToText recogniser, CancellationToken cancellationToken)
    {
        await using var stream = await recogniser.OpenAsync(cancellationToken);
        stream.SpeechBegins();
        stream.Push(Tone(recogniser.Capabilities.SampleRateHz));
        stream.Flush();
        await foreach (var transcript in stream.ReadAsync(cancellationToken))
        {
            if (transcript.Kind == TranscriptKind.Flushed)
                return;
        }
    }

    private static async Task SpeakAsync(ITextToSpeech synthesizer, CancellationToken cancellationToken)
    {
        await using var synthesis = await synthesizer.BeginAsync(cancellationToken);
        await synthesis.WriteAsync(Words, cancellationToken);
        synthesis.Complete();
        await foreach (var audio in synthesis.ReadAsync(cancellationToken))
            audio.Frame.Dispose();
    }

    private static async Task TalkAsync(ProviderStage stage, VendorProvider provider, CancellationToken cancellationToken)
    {
        await using var connection = await stage.Catalog.GetRealtimeModel(provider.Name).OpenAsync(cancellationToken);
        connection.Begin(new RealtimeSetup { Instructions = Words });
        connection.Respond(new RealtimeRequest("a"));
        await foreach (var happened in connection.ReadAsync(cancellationToken))
        {
            (happened as RealtimeAudio)?.Frame.Dispose();
            if (happened is RealtimeAnswerEnded ended)
            {
                if (ended.Error is { } error)
                    throw error;
                return;
            }
        }
    }

    private static short[] Tone(int rate) => [.. Enumerable.Range(0, rate).Select(i => (short)(8_000 * Math.Sin(Math.Tau * 220 * i / rate)))];
}

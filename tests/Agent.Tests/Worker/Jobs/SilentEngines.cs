using System.Runtime.CompilerServices;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Speech;
using Agent.Pipeline.Vad;
using Microsoft.Extensions.AI;

namespace Agent.Tests.Worker.Jobs;

/// <summary>Engines that hear nothing and say nothing.</summary>
internal sealed class SilentEngines : IVoiceActivityModel, IVoiceActivityStream, ISpeechToText, ISpeechToTextStream, ITextToSpeech, IChatClient
{
    public string Name => "test/silent";

    SpeechToTextCapabilities ISpeechToText.Capabilities { get; } = new(16_000, InterimResults: false, EndOfTurn: false, WordTimings: false);

    TextToSpeechCapabilities ITextToSpeech.Capabilities { get; } = new(16_000, WordTimings: false);

    public static AgentDefinition Definition()
    {
        var engines = new SilentEngines();
        return new() { VoiceActivity = engines, SpeechToText = engines, LanguageModel = engines, TextToSpeech = engines };
    }

    public IVoiceActivityStream Open() => this;

    public float Process(ReadOnlySpan<short> window) => 0;

    public void Reset()
    {
    }

    public ValueTask<ISpeechToTextStream> OpenAsync(CancellationToken cancellationToken) => new(this);

    public void Push(ReadOnlySpan<short> samples)
    {
    }

    public void Flush()
    {
    }

    public async IAsyncEnumerable<Transcript> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        yield break;
    }

    public ValueTask<ISynthesis> BeginAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

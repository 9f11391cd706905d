using Agent.Pipeline.Speech;

namespace Agent.Pipeline.Realtime;

/// <summary>The voice of a speech-to-speech model as a synthesizer: each utterance has a connection of its own, on which nothing is said but what was given.</summary>
internal sealed class RealtimeVoice(IRealtimeModel model) : ITextToSpeech
{
    public string Name => model.Name;

    public TextToSpeechCapabilities Capabilities { get; } = new(model.Capabilities.OutputSampleRateHz, WordTimings: false);

    public async ValueTask<ISynthesis> BeginAsync(CancellationToken cancellationToken)
    {
        var connection = await model.OpenAsync(cancellationToken);
        connection.Begin(new RealtimeSetup());
        return new RealtimeSynthesis(connection);
    }
}

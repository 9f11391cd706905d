using System.Runtime.CompilerServices;
using System.Text;
using Agent.Pipeline.Realtime.Events;
using Agent.Pipeline.Speech;

namespace Agent.Pipeline.Realtime;

/// <summary>One utterance of a <see cref="RealtimeVoice"/>: asked for when its text is complete.</summary>
internal sealed class RealtimeSynthesis(IRealtimeConnection connection) : ISynthesis
{
    private readonly StringBuilder _text = new();

    public SpeechUsage Usage { get; private set; }

    public ValueTask WriteAsync(string text, CancellationToken cancellationToken)
    {
        _text.Append(_text.Length == 0 ? "" : " ").Append(text);
        return ValueTask.CompletedTask;
    }

    public void Complete() => connection.Respond(new RealtimeRequest("utterance") { Text = _text.ToString() });

    public async IAsyncEnumerable<SynthesizedAudio> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var answer in connection.ReadAsync(cancellationToken))
        {
            switch (answer)
            {
                case RealtimeAudio { Frame: var frame }:
                    Usage += new SpeechUsage(frame.Duration);
                    yield return new SynthesizedAudio(frame, []);
                    break;
                case RealtimeAnswerEnded ended:
                    Usage += new SpeechUsage(TimeSpan.Zero, _text.Length, ended.Usage?.InputTokenCount ?? 0, ended.Usage?.OutputTokenCount ?? 0);
                    if (ended.Error is { } error)
                        throw error;
                    yield break;
            }
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}

using System.Threading.Channels;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Playout;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Turns;

namespace Agent.Pipeline.Replies;

/// <summary>An utterance that is being made: what it is, how far it is, and the tasks that make it.</summary>
internal sealed class ActiveSpeech : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();

    internal ActiveSpeech(AgentSpeech speech, Utterance utterance, TurnMeasurement measurement)
    {
        Speech = speech;
        Utterance = utterance;
        Measurement = measurement;
    }

    internal AgentSpeech Speech { get; }

    internal Utterance Utterance { get; }

    internal TurnMeasurement Measurement { get; }

    /// <summary>How many words were shown as captions; belongs to the session's loop.</summary>
    internal int CaptionedWords { get; set; }

    /// <summary>Whether the model or the synthesizer failed; belongs to the session's loop.</summary>
    internal bool HasFailed { get; set; }

    /// <summary>The making of it; never fails.</summary>
    internal Task Making { get; private set; } = Task.CompletedTask;

    /// <summary>Begins to make it.</summary>
    /// <param name="write">Writes the text in pieces.</param>
    /// <param name="synthesis">Speaks them.</param>
    /// <param name="listener">Learns of failures.</param>
    internal void Start(Func<ChannelWriter<string>, CancellationToken, Task> write, SpeechSynthesis synthesis, IReplyListener listener)
    {
        var pieces = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        var writing = GuardAsync(SessionStage.LanguageModel, () => write(pieces.Writer, _cancel.Token), listener, () => pieces.Writer.TryComplete());
        var speaking = GuardAsync(SessionStage.TextToSpeech, () => synthesis.RunAsync(pieces.Reader, _cancel.Token), listener, synthesis.Complete);
        Making = Task.WhenAll(writing, speaking);
    }

    /// <summary>Ends the making of it; what was made stays.</summary>
    internal void Cancel() => _cancel.Cancel();

    public void Dispose() => _cancel.Dispose();

    private async Task GuardAsync(SessionStage stage, Func<Task> work, IReplyListener listener, Action done)
    {
        try
        {
            // What engines do before they first wait must not hold up the session.
            await Task.Yield();
            await work();
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            // Interrupted: whoever did it knows.
        }
        catch (Exception e)
        {
            if (!_cancel.IsCancellationRequested)
                listener.OnFailed(stage, e);
        }
        finally
        {
            done();
        }
    }
}

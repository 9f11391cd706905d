using Agent.Pipeline.Ledger;
using Agent.Pipeline.Playout;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Speech;
using Agent.Pipeline.Turns;
using Microsoft.Extensions.AI;

namespace Agent.Pipeline.Replies;

/// <summary>
/// An utterance that is being made: what it is, how far it is, and the tasks that make it. It may be made before it has the floor; until
/// then it has no effect outside of itself. Belongs to the session's loop, except for its tasks.
/// </summary>
internal sealed class SpeechMaking : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();
    private readonly TaskCompletionSource _floor = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Action> _afterFloor = [];
    private SpeechSynthesis? _synthesis;
    private Action? _stop;

    internal SpeechMaking(AgentSpeech speech, SpeechRequest? request, Utterance utterance, TurnMeasurement measurement)
    {
        Speech = speech;
        Request = request;
        Utterance = utterance;
        Measurement = measurement;
    }

    internal AgentSpeech Speech { get; }

    /// <summary>Who asked for it; null where the user's turn did.</summary>
    internal SpeechRequest? Request { get; }

    internal Utterance Utterance { get; }

    internal TurnMeasurement Measurement { get; }

    internal SpeechScript Script { get; } = new();

    /// <summary>How many words were shown as captions.</summary>
    internal int CaptionedWords { get; set; }

    /// <summary>Whether the model waits for tools.</summary>
    internal bool RunsTools { get; set; }

    /// <summary>Whether it waits for tools with everything heard that it has to say until then, as was last told.</summary>
    internal bool IsSuspended { get; set; }

    /// <summary>Whether the model or the synthesizer failed.</summary>
    internal bool HasFailed => FailedStage is not null;

    /// <summary>What failed first; null while nothing has.</summary>
    internal SessionStage? FailedStage { get; private set; }

    /// <summary>What the model has told about its cost; null while it has told nothing.</summary>
    internal UsageDetails? Usage { get; private set; }

    /// <summary>Whether the model has said it itself, and so knows it.</summary>
    internal bool IsModelsOwn { get; private set; }

    /// <summary>What the synthesizer has told about its cost.</summary>
    internal SpeechUsage SynthesisUsage => _synthesis?.Usage ?? SpeechUsage.None;

    internal bool HasFloor => _floor.Task.IsCompletedSuccessfully;

    /// <summary>Completes when the utterance gets the floor; cancelled when it is discarded.</summary>
    internal Task Floor => _floor.Task;

    /// <summary>The making of it; never fails.</summary>
    internal Task Making { get; private set; } = Task.CompletedTask;

    /// <summary>Begins to make it.</summary>
    /// <param name="writer">Who writes the text.</param>
    /// <param name="write">Writes the text.</param>
    /// <param name="synthesis">Speaks it.</param>
    /// <param name="listener">Learns of failures.</param>
    internal void Start(SessionStage writer, Func<SpeechScript, CancellationToken, Task> write, SpeechSynthesis synthesis, IReplyListener listener)
    {
        _synthesis = synthesis;
        var writing = GuardAsync(writer, () => write(Script, _cancel.Token), listener, Script.Complete);
        var speaking = GuardAsync(SessionStage.TextToSpeech, () => synthesis.RunAsync(Script, _cancel.Token), listener, synthesis.Complete);
        Making = Task.WhenAll(writing, speaking);
    }

    /// <summary>Begins to make it, where one engine makes words and sound.</summary>
    /// <param name="make">Makes it.</param>
    /// <param name="stop">Tells the engine that the utterance is over where it is; once, on the session's loop.</param>
    /// <param name="done">Nothing more comes, for whatever reason.</param>
    /// <param name="listener">Learns of failures.</param>
    internal void Start(Func<CancellationToken, Task> make, Action stop, Action done, IReplyListener listener)
    {
        _stop = stop;
        IsModelsOwn = true;
        Making = GuardAsync(SessionStage.RealtimeModel, () => make(_cancel.Token), listener, done);
    }

    /// <summary>From now on what it does counts, and what it has done counts too.</summary>
    internal void GiveFloor()
    {
        _floor.TrySetResult();
        foreach (var action in _afterFloor)
            action();
        _afterFloor.Clear();
    }

    /// <summary>Does something that must leave no trace when the utterance is discarded.</summary>
    internal void OnFloor(Action action)
    {
        if (HasFloor)
            action();
        else
            _afterFloor.Add(action);
    }

    internal void Fail(SessionStage stage) => FailedStage ??= stage;

    internal void AddUsage(UsageDetails usage) => (Usage ??= new UsageDetails()).Add(usage);

    /// <summary>Ends the making of it; what was made stays.</summary>
    internal void Cancel()
    {
        _stop?.Invoke();
        _stop = null;
        _cancel.Cancel();
        _floor.TrySetCanceled(_cancel.Token);
    }

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

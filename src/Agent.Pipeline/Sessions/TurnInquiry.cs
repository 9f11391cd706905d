using System.Globalization;
using Agent.Pipeline.EndOfTurn;
using Agent.Pipeline.Errors;
using Agent.Pipeline.History;
using Agent.Pipeline.Listening;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;
using Agent.Pipeline.Turns.Events;

namespace Agent.Pipeline.Sessions;

/// <summary>
/// Asks the agent's turn detector, off the session's loop, one question at a time; the answer comes back to the loop. A detector that fails is reported and has
/// no opinion. Belongs to the session's loop.
/// </summary>
internal sealed class TurnInquiry : IDisposable
{
    private readonly SessionContext _context;
    private readonly Action<TurnEvent> _tell;
    private readonly List<Task> _asking = [];
    private CancellationTokenSource? _cancel;

    internal TurnInquiry(SessionContext context, Action<TurnEvent> tell)
    {
        _context = context;
        _tell = tell;
    }

    /// <summary>The language heard last; null while the recogniser has not said.</summary>
    internal string? Language { get; set; }

    /// <summary>Everything that the detector is still at, also what is of no use any more.</summary>
    internal Task Asking => Task.WhenAll(_asking);

    internal void Ask(long id, UserTurn turn, UserEar? ear)
    {
        Drop();
        if (_context.Agent.TurnDetector is not { } detector)
            return;
        _asking.RemoveAll(static task => task.IsCompleted);
        _cancel = new CancellationTokenSource();
        var question = new TurnQuestion
        {
            History = Before(turn),
            Text = turn.Text,
            Language = Language,
            Audio = detector.NeedsAudio && ear is not null ? ear.Recall(turn.StartedAt ?? _context.Clock.Now) : default,
        };
        _asking.Add(AskAsync(detector, id, question, _cancel.Token));
    }

    /// <summary>The answer is of no use any more.</summary>
    internal void Drop()
    {
        _cancel?.Cancel();
        _cancel?.Dispose();
        _cancel = null;
    }

    public void Dispose() => Drop();

    private async Task AskAsync(ITurnDetector detector, long id, TurnQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            // What a detector does before it first waits must not hold up the session.
            await Task.Yield();
            var estimate = await detector.EstimateAsync(question, cancellationToken);
            if (estimate is { Probability: not (>= 0 and <= 1) })
            {
                throw new ProviderException(
                    detector.Name,
                    ProviderErrorKind.Protocol,
                    string.Create(CultureInfo.InvariantCulture, $"The turn detector {detector.Name} gave the probability {estimate.Probability}: it has to lie between 0 and 1."),
                    isTransient: false);
            }

            _context.Loop.Post(() => OnAnswered(detector, id, estimate, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Dropped: nobody waits for it.
        }
        catch (Exception e)
        {
            _context.Loop.Post(() =>
            {
                _context.Failures.Failed(SessionStage.TurnDetector, e);
                _tell(new DetectorAnswered(id, Probability: null));
            });
        }
    }

    private void OnAnswered(ITurnDetector detector, long id, TurnEstimate? estimate, CancellationToken cancellationToken)
    {
        _context.Failures.Succeeded(SessionStage.TurnDetector);
        if (cancellationToken.IsCancellationRequested)
            return;
        SessionLog.Estimated(_context.Logger, detector.Name, estimate?.Probability, estimate?.Reason ?? "no opinion");
        if (estimate is not null)
            _context.Events.Raise(new TurnEstimated(_context.Clock.Now, detector.Name, estimate.Probability, detector.Threshold, estimate.Reason));
        _tell(new DetectorAnswered(id, estimate?.Probability));
    }

    // A turn that was taken back is in the history with the words it had.
    private IReadOnlyList<HistoryItem> Before(UserTurn turn)
    {
        var own = string.Create(CultureInfo.InvariantCulture, $"user-{turn.Number}");
        return
        [
            .. _context.History.Snapshot()
                .Where(item => item is UserMessage or AgentMessage && !string.Equals(item.Id, own, StringComparison.Ordinal))
                .TakeLast(TurnQuestion.MaxHistoryItems),
        ];
    }
}

using Agent.Pipeline.Realtime;

namespace Agent.Providers.OpenAi.Realtime;

/// <summary>
/// The answers that were asked for: the vendor makes one at a time, and refuses to begin another before it has said that the last is over. Belongs to whoever holds the
/// connection's lock.
/// </summary>
internal sealed class AnswerLine
{
    private readonly List<RealtimeRequest> _waiting = [];

    /// <summary>The answer that is being made; null while there is none.</summary>
    public RealtimeRequest? Current { get; private set; }

    /// <summary>The vendor's name for it; null until it has said so.</summary>
    public string? ResponseId { get; set; }

    /// <summary>Whether nobody wants it any more.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Takes an answer into the line.</summary>
    /// <returns>Whether it is its turn.</returns>
    public bool Add(RealtimeRequest request)
    {
        if (Current is not null)
        {
            _waiting.Add(request);
            return false;
        }

        Begin(request);
        return true;
    }

    /// <summary>Takes an answer out of the line, or gives up the one that is being made.</summary>
    /// <returns>Whether the vendor has to be told.</returns>
    public bool Cancel(string requestId)
    {
        _waiting.RemoveAll(request => string.Equals(request.Id, requestId, StringComparison.Ordinal));
        if (!string.Equals(Current?.Id, requestId, StringComparison.Ordinal) || IsCancelled)
            return false;
        return IsCancelled = true;
    }

    /// <summary>The answer is over.</summary>
    /// <returns>The next, which is to be asked for now; null when there is none.</returns>
    public RealtimeRequest? End()
    {
        Current = null;
        if (_waiting is not [var next, ..])
            return null;
        _waiting.RemoveAt(0);
        Begin(next);
        return next;
    }

    private void Begin(RealtimeRequest request)
    {
        Current = request;
        ResponseId = null;
        IsCancelled = false;
    }
}

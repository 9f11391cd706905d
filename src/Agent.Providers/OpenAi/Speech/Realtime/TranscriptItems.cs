namespace Agent.Providers.OpenAi.Speech.Realtime;

/// <summary>What is awaited, in the order of the speech, found by the vendor's names for it. Guarded by its owner.</summary>
internal sealed class TranscriptItems
{
    private readonly LinkedList<TranscriptItem> _items = new();
    private readonly HashSet<string> _forgotten = new(StringComparer.Ordinal);

    public bool IsEmpty => _items.Count == 0;

    /// <summary>Whether the audio of any is complete.</summary>
    public bool HasCommitted => _items.Any(static item => item.IsCommitted);

    public TranscriptItem? First => _items.First?.Value;

    /// <summary>The segment that is going on.</summary>
    public TranscriptItem? Open => _items.FirstOrDefault(static item => item is { IsFlush: false, IsCommitted: false });

    /// <summary>The oldest segment of which the vendor has not said that it took the commit.</summary>
    public TranscriptItem? Unacknowledged => _items.FirstOrDefault(static item => item is { IsCommitted: true, IsAcknowledged: false });

    public TranscriptItem Add(TranscriptItem item) => _items.AddLast(item).Value;

    public void RemoveFirst() => _items.RemoveFirst();

    public void Remove(TranscriptItem item) => _items.Remove(item);

    /// <summary>Removes a segment of which the vendor may still tell words.</summary>
    public void Forget(TranscriptItem item)
    {
        if (item.Id is not null)
            _forgotten.Add(item.Id);
        _items.Remove(item);
    }

    /// <summary>The segment of that name.</summary>
    public TranscriptItem? Named(string id) => _items.FirstOrDefault(item => item.Id == id);

    /// <summary>The segment that words of a name belong to: that of the name, or the oldest without one, which then has it.</summary>
    public TranscriptItem? OfWords(string id)
    {
        if (Named(id) is { } known)
            return known;
        if (_forgotten.Contains(id) || _items.FirstOrDefault(static item => item is { IsFlush: false, Id: null, Final: null }) is not { } next)
            return null;
        next.Id = id;
        return next;
    }

    /// <summary>The oldest segment whose commit the vendor has not acknowledged, of our name for the commit where that is known.</summary>
    public TranscriptItem? Committed(string? commitId) =>
        _items.FirstOrDefault(item => item.CommitId is not null && !item.IsAcknowledged && (commitId is null || item.CommitId == commitId));
}

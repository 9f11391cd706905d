namespace Agent.LoopbackVendors.Serving;

/// <summary>A request or connection as a vendor has seen it. Safe for use from any thread.</summary>
/// <param name="endpoint">Which endpoint, e.g. <c>deepgram/listen</c>.</param>
/// <param name="query">The query of its address.</param>
public sealed class VendorRequest(string endpoint, string query)
{
    private readonly Lock _gate = new();
    private readonly List<string> _events = [];

    /// <summary>Which endpoint, e.g. <c>deepgram/listen</c>.</summary>
    public string Endpoint { get; } = endpoint;

    /// <summary>The query of its address, as sent.</summary>
    public string Query { get; } = query;

    /// <summary>What has happened so far: types of messages from the client, <c>closed</c> (in order), <c>aborted</c> (without), <c>completed</c>.</summary>
    public IReadOnlyList<string> Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    internal RequestLog? Log { get; init; }

    internal void Note(string what)
    {
        lock (_gate)
            _events.Add(what);
        Log?.Changed();
    }
}

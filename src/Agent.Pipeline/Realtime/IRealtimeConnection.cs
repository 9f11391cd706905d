using Agent.Pipeline.Errors;
using Agent.Pipeline.History;
using Agent.Pipeline.Realtime.Events;

namespace Agent.Pipeline.Realtime;

/// <summary>
/// One connection to a speech-to-speech model. Commands are carried out in the order in which they are given, return at once and may come from any thread, one at a
/// time. The model begins no answer by itself and ends none because it hears somebody: who has the floor is the session's decision.
/// </summary>
public interface IRealtimeConnection : IAsyncDisposable
{
    /// <summary>Tells the model its part and what was said before; the first command, once.</summary>
    void Begin(RealtimeSetup setup);

    /// <summary>Lets the model hear the user: mono at <see cref="RealtimeCapabilities.InputSampleRateHz"/>. Must not block; what cannot be taken is dropped and counted by the provider.</summary>
    void Push(ReadOnlySpan<short> samples);

    /// <summary>Says that what was heard since the last turn is one turn of the user. Answered by one <see cref="RealtimeTurnCommitted"/>, with an empty identifier where there was too little.</summary>
    void Commit();

    /// <summary>Forgets what was heard since the last turn.</summary>
    void Clear();

    /// <summary>Makes sure that the model still hears: where nothing answers this, <see cref="ReadAsync"/> ends in an error. Does nothing where a model cannot be asked.</summary>
    void Check()
    {
    }

    /// <summary>Adds something that was said, typed or found out to what the model knows.</summary>
    void Add(HistoryItem item);

    /// <summary>Takes something back that the model has heard, by the identifier of <see cref="RealtimeTurnCommitted"/>.</summary>
    void Remove(string itemId);

    /// <summary>Tells the result of a tool that the model has called.</summary>
    void AddToolResult(string callId, string result);

    /// <summary>Asks for an answer. One that is asked for while another is made follows it.</summary>
    void Respond(RealtimeRequest request);

    /// <summary>Ends an answer where it is; nothing of it comes any more. Does nothing for one that has ended.</summary>
    void Cancel(string requestId);

    /// <summary>Says that the user has heard only the beginning of something that the model has said.</summary>
    /// <param name="itemId">The identifier of <see cref="RealtimeAudio"/>.</param>
    /// <param name="heard">How much of it was heard; not more than was sent.</param>
    void Truncate(string itemId, TimeSpan heard);

    /// <summary>What the model hears, says and does, until the connection ends. Read once.</summary>
    /// <exception cref="ProviderException">The connection was lost, or the model cannot go on.</exception>
    IAsyncEnumerable<RealtimeEvent> ReadAsync(CancellationToken cancellationToken);
}

namespace Agent.Playground.Check;

/// <summary>The person of the check: a participant with a microphone and ears.</summary>
internal interface ICaller : IAsyncDisposable
{
    /// <summary>What the caller has sent, silence included.</summary>
    AudioTrace Spoken { get; }

    /// <summary>What the caller has heard of the agent.</summary>
    AudioTrace Heard { get; }

    /// <summary>When the caller was in the room, on the clock of both traces.</summary>
    TimeSpan Joined { get; }

    /// <summary>What the agent shows that it is doing, e.g. <c>listening</c>; null while there is no agent.</summary>
    string? AgentState { get; }

    /// <summary>The captions of the agent's speech so far, oldest first.</summary>
    IReadOnlyList<string> AgentCaptions { get; }

    /// <summary>The captions of the caller's speech so far, oldest first.</summary>
    IReadOnlyList<string> CallerCaptions { get; }

    /// <summary>Speaks; completes when the last sample was sent.</summary>
    /// <param name="speech">16 kHz mono.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Where in <see cref="Spoken"/> it is.</returns>
    Task<(long Start, long End)> SayAsync(ReadOnlyMemory<short> speech, CancellationToken cancellationToken);
}

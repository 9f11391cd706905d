namespace Agent.Providers.AssemblyAi;

/// <summary>
/// Whether a service that answers a voice with nothing is believed to listen. It says nothing where it has heard no words, so that only the end of its session can prove
/// it; each proof costs a new session, of which an account may open five a minute, or a hundred (assemblyai.com/docs/streaming/rate-limits, 2026). Guarded by the results.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class Doubt(TimeProvider time)
{
    /// <summary>How long the service is believed after its first proof; twice as long after each that follows without a word between.</summary>
    private static readonly TimeSpan s_belief = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_longestBelief = TimeSpan.FromMinutes(1);

    private TimeSpan _belief;
    private long _provedAt;

    /// <summary>Whether to ask for a proof.</summary>
    public bool IsDue => _belief == TimeSpan.Zero || time.GetElapsedTime(_provedAt) >= _belief;

    /// <summary>Words have come: what is answered with nothing after them is doubted at once.</summary>
    public void Understood() => _belief = TimeSpan.Zero;

    /// <summary>The service listens, and there were no words.</summary>
    public void Proved()
    {
        _belief = _belief == TimeSpan.Zero ? s_belief : 2 * _belief;
        _belief = _belief < s_longestBelief ? _belief : s_longestBelief;
        _provedAt = time.GetTimestamp();
    }
}

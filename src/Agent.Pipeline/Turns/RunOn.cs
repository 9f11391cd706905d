namespace Agent.Pipeline.Turns;

/// <summary>Speech that belongs to no turn yet: it went on, or began, while its turn was being ended by somebody else than silence.</summary>
/// <param name="Since">From when on it counts as new speech.</param>
/// <param name="IsIgnored">Whether it counts for nothing until the user pauses.</param>
internal sealed record RunOn(TimeSpan Since, bool IsIgnored);

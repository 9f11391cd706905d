using Agent.Pipeline.Recordings;

namespace Agent.Testing;

/// <summary>Makes a recording a test.</summary>
public static class ReplayAssertions
{
    /// <summary>Holds that the turn machine does today what it did when the session was recorded.</summary>
    /// <exception cref="ReplayDiffersException">It does not; the message says where and how.</exception>
    public static void ShouldMatch(this Replay replay)
    {
        ArgumentNullException.ThrowIfNull(replay);
        if (replay.Difference is { } difference)
            throw new ReplayDiffersException(difference);
    }
}

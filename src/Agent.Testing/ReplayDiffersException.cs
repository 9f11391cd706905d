namespace Agent.Testing;

/// <summary>A replay takes another course than was recorded.</summary>
public sealed class ReplayDiffersException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Where and how it differs.</param>
    public ReplayDiffersException(string message)
        : base(message)
    {
    }
}

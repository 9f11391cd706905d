namespace Agent.Testing;

/// <summary>A conversation did not go as a test expects; the message tells what was expected and how the conversation went.</summary>
public sealed class ScreenplayException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="message">What was expected and what happened.</param>
    public ScreenplayException(string message)
        : base(message)
    {
    }
}

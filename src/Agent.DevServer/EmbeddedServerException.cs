namespace Agent.DevServer;

/// <summary>The embedded server cannot start or run as asked. The message alone tells a person what to do.</summary>
public sealed class EmbeddedServerException : Exception
{
    /// <summary>Creates the error with a message that says what to do.</summary>
    public EmbeddedServerException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with a message and its cause.</summary>
    public EmbeddedServerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

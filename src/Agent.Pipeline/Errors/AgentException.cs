namespace Agent.Pipeline.Errors;

/// <summary>The root of every error that this project raises on purpose. The message says what happened, the limit and the value seen, and what to do.</summary>
public class AgentException : Exception
{
    /// <summary>Creates the error with a message for the person who has to act on it.</summary>
    public AgentException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with a message and its cause.</summary>
    public AgentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

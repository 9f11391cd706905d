using Agent.Pipeline.Errors;

namespace Agent.Pipeline.Recordings;

/// <summary>A recording cannot be read; the message says where and why.</summary>
public sealed class RecordingException : AgentException
{
    /// <summary>Creates the error with a message for the person who has to act on it.</summary>
    public RecordingException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with a message and its cause.</summary>
    public RecordingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

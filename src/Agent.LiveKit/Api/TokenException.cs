using Agent.Pipeline.Errors;

namespace Agent.LiveKit.Api;

/// <summary>A token was refused: malformed, signed by somebody else, too early, too late or without what it must say. Never carries the token.</summary>
public sealed class TokenException : AgentException
{
    /// <summary>Creates the error with what is wrong with the token.</summary>
    public TokenException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with what is wrong with the token and its cause.</summary>
    public TokenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

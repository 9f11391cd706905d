using Agent.Pipeline.Errors;

namespace Agent.LiveKit.Rtc;

/// <summary>A room could not be joined, or an operation in it failed. The message says what to do and never carries a token.</summary>
public sealed class RoomException : AgentException
{
    /// <summary>Creates the error.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public RoomException(RoomErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException!) => Kind = kind;

    /// <summary>What went wrong.</summary>
    public RoomErrorKind Kind { get; }

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsTransient => Kind is RoomErrorKind.Unreachable or RoomErrorKind.Timeout;
}

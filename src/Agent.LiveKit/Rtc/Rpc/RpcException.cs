using Agent.LiveKit.Rtc.Native;
using Agent.Pipeline.Errors;

namespace Agent.LiveKit.Rtc;

/// <summary>A remote call failed. Thrown by a method's handler it reaches the caller as it is.</summary>
public sealed class RpcException : AgentException
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">One of <see cref="RpcErrorCode"/>, or the application's own.</param>
    /// <param name="message">What went wrong, for the caller.</param>
    /// <param name="data">What the caller may need to deal with it.</param>
    public RpcException(int code, string message, string? data = null)
        : base(message)
    {
        Guard.InRange(code, 0, int.MaxValue);
        Guard.Text(message);
        if (data is not null)
            Guard.Text(data);
        Code = code;
        ErrorData = data;
    }

    /// <summary>One of <see cref="RpcErrorCode"/>, or the application's own.</summary>
    public int Code { get; }

    /// <summary>What the caller may need to deal with it.</summary>
    public string? ErrorData { get; }
}

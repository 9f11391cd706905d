using System.Net;
using Agent.Pipeline.Errors;

namespace Agent.LiveKit.Api;

/// <summary>A call to LiveKit's server API failed.</summary>
public sealed class TwirpException : AgentException
{
    internal TwirpException(TwirpErrorCode code, string message, HttpStatusCode? status = null, IReadOnlyDictionary<string, string>? metadata = null, Exception? innerException = null)
        : base(message, innerException!)
    {
        Code = code;
        Status = status;
        Metadata = metadata ?? new Dictionary<string, string>(StringComparer.Ordinal);
    }

    /// <summary>What went wrong.</summary>
    public TwirpErrorCode Code { get; }

    /// <summary>The HTTP status, if there was an answer.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>What the server added to the error.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }
}

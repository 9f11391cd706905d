using System.Net.Sockets;
using System.Security.Authentication;

namespace Agent.Pipeline.Errors;

/// <summary>An error in one line of a log. Where a vendor fails, a stack trace says nothing that its operator could use; where we do, it says everything.</summary>
internal static class ErrorText
{
    /// <summary>What happened, what the network said of it, and the vendor's name for the request.</summary>
    internal static string Of(Exception error)
    {
        var cause = error.GetBaseException();

        // Of other causes nobody can tell whether they repeat what was sent.
        var why = cause != error && cause is SocketException or IOException or HttpRequestException or AuthenticationException ? $" {cause.Message.TrimEnd('.')}." : "";
        var request = error is ProviderException { RequestId: { } id } ? $" Request {id}." : "";
        return $"{error.Message}{why}{request}";
    }

    /// <summary>The error itself where it was not foreseen; null where <see cref="Of"/> has said everything.</summary>
    internal static Exception? Unforeseen(Exception error) => error is AgentException ? null : error;
}

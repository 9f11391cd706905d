using System.Text;

namespace Agent.Providers.LanguageModels;

/// <summary>A request that a vendor refused, or that did not reach it, before it is known which provider asked.</summary>
internal sealed class VendorFailure : Exception
{
    private readonly byte[] _body;

    internal VendorFailure(string message, Exception cause)
        : base(message, cause) => _body = [];

    internal VendorFailure(int status, byte[] body)
        : base($"HTTP {status}")
    {
        Status = status;
        _body = body;
    }

    /// <summary>The HTTP status; null where none came.</summary>
    internal int? Status { get; }

    /// <summary>Whether no connection was made in time.</summary>
    internal bool IsConnectTimeout { get; init; }

    internal string? RequestId { get; init; }

    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>The vendor's words for the error, each a fixed one, the most telling first.</summary>
    internal IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>Whether the vendor's explanation names a parameter. The explanation itself may repeat what was sent and goes nowhere.</summary>
    internal bool Mentions(string parameter) => Encoding.UTF8.GetString(_body).Contains(parameter, StringComparison.Ordinal);
}

using Agent.Pipeline.Errors;
using Microsoft.Extensions.AI;

namespace Agent.Providers.LanguageModels;

/// <summary>How one vendor's interface is spoken. Serves any number of calls at once.</summary>
internal interface IChatProtocol
{
    /// <summary>The vendor, e.g. <c>openai</c>.</summary>
    string Vendor { get; }

    /// <summary>The model's name at the vendor.</summary>
    string Model { get; }

    /// <summary>Where it is called.</summary>
    Uri Address { get; }

    /// <summary>Writes the request.</summary>
    BinaryData Write(IEnumerable<ChatMessage> messages, ChatOptions? options);

    /// <summary>Which of the options that are set the interface does not take.</summary>
    IEnumerable<string> Ignored(ChatOptions options);

    /// <summary>Sends the request.</summary>
    /// <returns>The events as they come.</returns>
    /// <exception cref="VendorFailure">The vendor refused, or was not reached.</exception>
    Task<OpenReply> OpenAsync(BinaryData request, CancellationToken cancellationToken);

    /// <summary>Makes a reader of one reply.</summary>
    ReplyDecoder Decode(string provider);

    /// <summary>What the vendor's own words for an error mean, where they tell more than its HTTP status; null where they do not.</summary>
    (ProviderErrorKind Kind, bool IsTransient)? Meaning(string code);
}

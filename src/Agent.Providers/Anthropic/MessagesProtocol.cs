using System.Text.Json;
using Agent.Pipeline.Errors;
using Agent.Providers.LanguageModels;
using Anthropic;
using Anthropic.Core;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;

namespace Agent.Providers.Anthropic;

/// <summary>
/// The Messages interface of version 2026-10-21, which the package sends with the key as a bearer token (platform.claude.com/docs/en/api/migration-2026-10-21), over the Anthropic package: the package signs, addresses and sends; requests and events are read and written here, without a copy of each in between.
/// </summary>
internal sealed class MessagesProtocol(AnthropicOptions options, string model, Uri address, HttpClient http) : IChatProtocol, IDisposable
{
    private static readonly Dictionary<string, JsonElement> s_none = new(StringComparer.Ordinal);

    private readonly AnthropicClient _client = new(new ClientOptions
    {
        ApiKey = options.ApiKey,
        BaseUrl = address.ToString().TrimEnd('/'),
        HttpClient = http,
        MaxRetries = 0,
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    });

    public string Vendor => AnthropicVendor.Name;

    public string Model => model;

    public Uri Address => address;

    public BinaryData Write(IEnumerable<ChatMessage> messages, ChatOptions? chat) => MessagesRequest.Write(options, model, messages, chat);

    public IEnumerable<string> Ignored(ChatOptions chat) => IgnoredOptions.Sampling(chat);

    public async Task<OpenReply> OpenAsync(BinaryData request, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(request);
        var body = document.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.Clone(), StringComparer.Ordinal);
        var response = await _client.WithRawResponse.Messages.CreateStreaming(MessageCreateParams.FromRawUnchecked(s_none, s_none, body), cancellationToken);
        return new OpenReply(await response.ReadAsStream(cancellationToken), response.RequestID, response);
    }

    public ReplyDecoder Decode(string provider) => new MessagesDecoder(provider);

    public (ProviderErrorKind Kind, bool IsTransient)? Meaning(string code) => Of(code);

    public void Dispose() => _client.Dispose();

    /// <summary>What Anthropic's words for errors mean (platform.claude.com/docs/en/api/errors, 2026; anthropic-sdk 1.12, <c>ErrorObject</c>).</summary>
    internal static (ProviderErrorKind Kind, bool IsTransient)? Of(string code) => code switch
    {
        "billing_error" => (ProviderErrorKind.Quota, false),
        "authentication_error" or "permission_error" => (ProviderErrorKind.Authentication, false),
        "invalid_request_error" or "not_found_error" or "request_too_large" => (ProviderErrorKind.BadRequest, false),
        "rate_limit_error" => (ProviderErrorKind.RateLimit, true),
        "timeout_error" => (ProviderErrorKind.Timeout, true),
        "api_error" or "overloaded_error" => (ProviderErrorKind.Connection, true),
        _ => null,
    };
}

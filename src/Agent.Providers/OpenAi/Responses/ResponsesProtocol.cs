using System.ClientModel;
using Agent.Pipeline.Errors;
using Agent.Providers.LanguageModels;
using Agent.Providers.OpenAi.Chat;
using Microsoft.Extensions.AI;
using OpenAI.Responses;

namespace Agent.Providers.OpenAi.Responses;

/// <summary>The Responses interface over the OpenAI package's protocol methods, as <see cref="ChatCompletionsProtocol"/> does it.</summary>
internal sealed class ResponsesProtocol(ChatServerSetup setup, string model, ChatServer server) : IChatProtocol
{
    private readonly ResponsesClient _client = new(
        server.Authentication(),
        server.Configure(new ResponsesClientOptions { Endpoint = setup.Address, OrganizationId = setup.Organization, ProjectId = setup.Project }, model));

    public string Vendor => setup.Vendor;

    public string Model => model;

    public Uri Address => setup.Address;

    public BinaryData Write(IEnumerable<ChatMessage> messages, ChatOptions? options) => ResponsesRequest.Write(setup, model, messages, options);

    public IEnumerable<string> Ignored(ChatOptions options) => IgnoredOptions.Set(
        (nameof(options.TopK), options.TopK),
        (nameof(options.FrequencyPenalty), options.FrequencyPenalty),
        (nameof(options.PresencePenalty), options.PresencePenalty),
        (nameof(options.Seed), options.Seed),
        (nameof(options.StopSequences), options.StopSequences));

    public async Task<OpenReply> OpenAsync(BinaryData request, CancellationToken cancellationToken)
    {
        using var content = BinaryContent.Create(request);
        return await ChatServer.OpenAsync(options => _client.CreateResponseAsync(content, options), cancellationToken);
    }

    public ReplyDecoder Decode(string provider) => new ResponsesDecoder(provider);

    public (ProviderErrorKind Kind, bool IsTransient)? Meaning(string code) => OpenAiMeanings.Of(code);
}

using System.ClientModel;
using Agent.Pipeline.Errors;
using Agent.Providers.LanguageModels;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace Agent.Providers.OpenAi.Chat;

/// <summary>
/// Chat Completions over the OpenAI package's protocol methods: the package signs, addresses and sends; requests and events are read and written here,
/// because the package's models refuse what compatible servers leave out or add.
/// </summary>
internal sealed class ChatCompletionsProtocol(ChatServerSetup setup, string model, ChatServer server) : IChatProtocol
{
    private readonly ChatClient _client = new(
        model,
        server.Authentication(),
        server.Configure(new OpenAIClientOptions { Endpoint = setup.Address, OrganizationId = setup.Organization, ProjectId = setup.Project }, model));

    private bool _isWithoutUsage;

    public string Vendor => setup.Vendor;

    public string Model => model;

    public Uri Address => setup.Address;

    public BinaryData Write(IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options) =>
        ChatCompletionsRequest.Write(setup, model, !Volatile.Read(ref _isWithoutUsage), messages, options);

    public IEnumerable<string> Ignored(ChatOptions options) => setup.Dialect == OpenAiDialect.Compatible ? [] : IgnoredOptions.Set((nameof(options.TopK), options.TopK));

    public async Task<OpenReply> OpenAsync(BinaryData request, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(request, cancellationToken);
        }
        catch (VendorFailure failure) when (failure.Status is 400 or 422 && !Volatile.Read(ref _isWithoutUsage) && failure.Mentions("stream_options"))
        {
            // An older compatible server that does not know the question for usage: it is not asked again.
            Volatile.Write(ref _isWithoutUsage, true);
            return await SendAsync(WithoutUsage(request), cancellationToken);
        }
    }

    public ReplyDecoder Decode(string provider) => new ChatCompletionsDecoder(provider);

    public (ProviderErrorKind Kind, bool IsTransient)? Meaning(string code) => OpenAiMeanings.Of(code);

    private async Task<OpenReply> SendAsync(BinaryData request, CancellationToken cancellationToken)
    {
        using var content = BinaryContent.Create(request);
        return await ChatServer.OpenAsync(options => _client.CompleteChatAsync(content, options), cancellationToken);
    }

    private static BinaryData WithoutUsage(BinaryData request)
    {
        var body = System.Text.Json.Nodes.JsonNode.Parse(request)!.AsObject();
        body.Remove("stream_options");
        return BinaryData.FromString(body.ToJsonString());
    }
}

using System.ClientModel;
using System.ClientModel.Primitives;
using Agent.Providers.LanguageModels;
using Agent.Providers.Resilience;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.OpenAi.Chat;

/// <summary>One server that speaks OpenAI's protocol: its address, key and connections, for all of its models.</summary>
internal sealed class ChatServer : IDisposable
{
    private readonly ChatServerSetup _setup;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HttpClient _http;
    private readonly ConnectionWarmer _warmer;

    internal ChatServer(ChatServerSetup setup, TimeProvider time, ILogger logger)
    {
        _setup = setup;
        _time = time;
        _logger = logger;
        _http = LanguageModelHttp.Create(setup.Resilience, time, OpenAiVendor.RequestIdHeader, "apim-request-id");
        _warmer = new ConnectionWarmer(_http, setup.Address, setup.Resilience.ConnectTimeout, time);
    }

    internal ChatServerSetup Setup => _setup;

    /// <summary>Makes a language model.</summary>
    /// <param name="provider">Its name as configured.</param>
    /// <param name="model">Its name at the server.</param>
    internal VendorChatClient Create(string provider, string model)
    {
        IChatProtocol protocol = _setup.Api == OpenAiApi.Responses
            ? new Responses.ResponsesProtocol(_setup, model, this)
            : new ChatCompletionsProtocol(_setup, model, this);
        return new VendorChatClient(provider, protocol, new VendorCall(provider, _setup.Resilience, _time), _warmer, _time, _logger);
    }

    /// <summary>Sets a client of the package up: our connections, and none of its own repetitions and time-outs.</summary>
    internal T Configure<T>(T options, string model)
        where T : ClientPipelineOptions
    {
        options.Transport = new HttpClientPipelineTransport(_http);
        options.RetryPolicy = new ClientRetryPolicy(maxRetries: 0);
        options.NetworkTimeout = Timeout.InfiniteTimeSpan;
        options.ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false };
        if (_setup.ApiVersion is { } version)
            options.AddPolicy(new DeploymentPath(model, version), PipelinePosition.PerCall);
        return options;
    }

    internal AuthenticationPolicy Authentication() => (_setup.ApiKey, _setup.KeyHeader) switch
    {
        ("", _) => new NoKeyPolicy(),
        (var key, null) => ApiKeyAuthenticationPolicy.CreateBearerAuthorizationPolicy(new ApiKeyCredential(key)),
        var (key, header) => ApiKeyAuthenticationPolicy.CreateHeaderApiKeyPolicy(new ApiKeyCredential(key), header),
    };

    internal static async Task<OpenReply> OpenAsync(Func<RequestOptions, Task<ClientResult>> send, CancellationToken cancellationToken)
    {
        var options = new RequestOptions { BufferResponse = false, CancellationToken = cancellationToken };
        var response = (await send(options)).GetRawResponse();
        response.Headers.TryGetValue(OpenAiVendor.RequestIdHeader, out var requestId);
        if (requestId is null)
            response.Headers.TryGetValue("apim-request-id", out requestId);
        return new OpenReply(response.ContentStream ?? Stream.Null, requestId, response);
    }

    public void Dispose() => _http.Dispose();
}

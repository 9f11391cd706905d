using Agent.Pipeline.Errors;
using Agent.Providers.AzureOpenAi;
using Agent.Providers.Settings;
using Agent.Providers.Vendors;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Agent.Providers.OpenAi.Chat;

/// <summary>The servers that speak OpenAI's protocol, each made at its first use, and kept with its connections.</summary>
internal sealed class ChatServers(IOptions<OpenAiOptions> openAi, IOptions<AzureOpenAiOptions> azure, IConfiguration configuration, TimeProvider time, ILoggerFactory? loggerFactory = null) : IDisposable
{
    private readonly Dictionary<string, ChatServer> _servers = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILogger _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger("Agent.Providers.LanguageModels");
    private readonly Lock _gate = new();

    internal ChatServer Get(ChatServerSetup setup)
    {
        lock (_gate)
        {
            if (!_servers.TryGetValue(setup.Vendor, out var server))
                _servers.Add(setup.Vendor, server = new ChatServer(setup, time, _logger));
            return server;
        }
    }

    internal ChatServerSetup OpenAi(string provider)
    {
        var options = openAi.Value;
        options.RequireKey(provider, OpenAiVendor.Section, OpenAiVendor.Variables);
        var address = options.BaseUrl is { } given ? VendorAddress.Http(given, "") : OpenAiVendor.DefaultAddress;
        return Setup(OpenAiVendor.Name, address, options.ApiKey, options.Chat) with { Organization = options.Organization, Project = options.Project };
    }

    internal ChatServerSetup Endpoint(string name, OpenAiEndpointOptions options)
    {
        if (options.BaseUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https" } address)
            throw new ConfigurationException($"Providers:OpenAi:Endpoints:{name}:BaseUrl is {SeenText.Of(options.BaseUrl?.OriginalString ?? "")}; write the server's address with the version, for example http://gpu-1:8000/v1.");
        var key = options.ApiKey;
        if (options.ApiKeyVariable is { } variable)
            key = configuration[variable] is { Length: > 0 } found ? found.Trim() : throw new ConfigurationException($"'{name}' cannot be used: it needs a key. Set the environment variable {variable} (Providers:OpenAi:Endpoints:{name}:ApiKeyVariable).");
        return Setup(name, address, key, options);
    }

    internal ChatServerSetup Azure(string provider)
    {
        var options = azure.Value;
        options.RequireKey(provider, AzureOpenAiVendor.Section, AzureOpenAiVendor.Variables);
        if (options.BaseUrl is not { } resource)
            throw new ConfigurationException($"'{provider}' cannot be used: it needs the resource's address. Set {AzureOpenAiVendor.Variables.BaseUrl[0]}, for example to https://NAME.openai.azure.com.");
        return new ChatServerSetup(
            AzureOpenAiVendor.Name, AzureOpenAiVendor.Address(resource, options.ApiVersion), options.ApiKey, options.Api, OpenAiDialect.OpenAi, options.ReasoningEffort, options.Resilience)
        {
            KeyHeader = "api-key",
            ApiVersion = options.ApiVersion,
        };
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var server in _servers.Values)
                server.Dispose();
            _servers.Clear();
        }
    }

    private static ChatServerSetup Setup(string vendor, Uri address, string key, OpenAiChatOptions chat) =>
        new(vendor, address, key, chat.Api, ChatServerSetup.Resolve(chat.Dialect, address), chat.ReasoningEffort, chat.Resilience);
}

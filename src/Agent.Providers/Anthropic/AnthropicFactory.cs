using Agent.Providers.Catalog;
using Agent.Providers.LanguageModels;
using Agent.Providers.Resilience;
using Agent.Providers.Vendors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Agent.Providers.Anthropic;

/// <summary>Makes Anthropic's language models, with one pool of connections for all of them.</summary>
internal sealed class AnthropicFactory : IProviderFactory<IChatClient>, IDisposable
{
    private readonly IOptions<AnthropicOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lazy<HttpClient> _http;
    private readonly Lazy<ConnectionWarmer> _warmer;

    public AnthropicFactory(IOptions<AnthropicOptions> options, TimeProvider time, ILoggerFactory? loggerFactory = null)
    {
        _options = options;
        _time = time;
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger("Agent.Providers.LanguageModels");
        _http = new Lazy<HttpClient>(() => LanguageModelHttp.Create(options.Value.Resilience, time, AnthropicVendor.RequestIdHeader));
        _warmer = new Lazy<ConnectionWarmer>(() => new ConnectionWarmer(_http.Value, Address, options.Value.Resilience.ConnectTimeout, time));
    }

    public string Vendor => AnthropicVendor.Name;

    public IReadOnlyList<string> Models { get; } = ["claude-haiku-4-5", "claude-sonnet-4-5", "claude-opus-4-5"];

    public bool AcceptsOtherModels => true;

    private Uri Address => _options.Value.BaseUrl is { } given ? VendorAddress.Http(given, "") : AnthropicVendor.DefaultAddress;

    public void Validate(ProviderName name) => _options.Value.RequireKey(name.ToString(), AnthropicVendor.Section, AnthropicVendor.Variables);

    public IChatClient Create(ProviderName name)
    {
        var options = _options.Value;
        var protocol = new MessagesProtocol(options, name.Selector, Address, _http.Value);
        return new VendorChatClient(name.ToString(), protocol, new VendorCall(name.ToString(), options.Resilience, _time), _warmer.Value, _time, _logger);
    }

    public void Dispose()
    {
        if (_http.IsValueCreated)
            _http.Value.Dispose();
    }
}

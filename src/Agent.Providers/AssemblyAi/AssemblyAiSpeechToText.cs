using Agent.Pipeline.Speech;
using Agent.Providers.Connections;
using Agent.Providers.Resilience;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Agent.Providers.AssemblyAi;

/// <summary>
/// AssemblyAI's streaming recogniser, 16 kHz. Sessions are billed by the time that they are open, so none is opened before it is asked for.
/// </summary>
internal sealed class AssemblyAiSpeechToText : ISpeechToText
{
    public const int SampleRateHz = 16_000;

    private readonly string _model;
    private readonly IOptionsMonitor<AssemblyAiOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly VendorCall _call;

    public AssemblyAiSpeechToText(string name, string model, IOptionsMonitor<AssemblyAiOptions> options, TimeProvider time, ILogger logger)
    {
        Name = name;
        _model = model;
        _options = options;
        _time = time;
        _logger = logger;
        _call = new VendorCall(name, options.CurrentValue.Resilience, time);
    }

    public string Name { get; }

    public SpeechToTextCapabilities Capabilities { get; } = new(SampleRateHz, InterimResults: true, EndOfTurn: true, WordTimings: true);

    public async ValueTask<ISpeechToTextStream> OpenAsync(CancellationToken cancellationToken)
    {
        var session = await BeginAsync(cancellationToken);
        return new AssemblyAiStream(Name, session, BeginAsync, _options, _time, _logger);
    }

    private async Task<AssemblyAiSession> BeginAsync(CancellationToken cancellationToken)
    {
        var options = _options.CurrentValue;
        var request = new VendorSocketRequest
        {
            Provider = Name,
            Address = AssemblyAiAddress.Of(_model, options),
            Headers = [new("Authorization", options.ApiKey)],
            Time = _time,
        };
        var session = await _call.ExecuteAsync(
            VendorStage.FirstByte,
            async token => await AssemblyAiSession.OpenAsync(request, options.FormatTurns, token),
            cancellationToken);
        AssemblyAiLog.SessionBegan(_logger, Name, session.Id);
        return session;
    }
}

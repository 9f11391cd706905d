using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Providers.OpenAi.Speech.Files;
using Agent.Providers.OpenAi.Speech.Realtime;
using Agent.Providers.Vendors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Agent.Providers.OpenAi.Speech;

/// <summary>Makes <c>openai/MODEL[:language]</c>.</summary>
internal sealed class OpenAiSpeechToTextFactory(
    IOptions<OpenAiOptions> vendor,
    IOptions<OpenAiTranscriptionOptions> options,
    OpenAiEndpoint endpoint,
    ILoggerFactory loggers) : IProviderFactory<ISpeechToText>
{
    public string Vendor => OpenAiVendor.Name;

    public IReadOnlyList<string> Models => TranscriptionModel.Known;

    public bool AcceptsOtherModels => true;

    public void Validate(ProviderName name) => Read(name);

    public ISpeechToText Create(ProviderName name)
    {
        var model = Read(name);
        return model.IsRealtime && options.Value.Realtime
            ? new RealtimeTranscription(model, endpoint, options.Value, loggers.CreateLogger<RealtimeTranscription>())
            : new FileTranscription(model, endpoint, options.Value, loggers.CreateLogger<FileTranscription>());
    }

    private TranscriptionModel Read(ProviderName name)
    {
        vendor.Value.RequireKey(name.ToString(), OpenAiVendor.Section, OpenAiVendor.Variables);
        return TranscriptionModel.Of(name, options.Value);
    }
}

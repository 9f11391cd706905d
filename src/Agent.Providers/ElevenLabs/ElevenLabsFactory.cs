using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Providers.Vendors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Agent.Providers.ElevenLabs;

/// <summary>Makes <c>elevenlabs/MODEL[:VOICE_ID]</c>.</summary>
internal sealed class ElevenLabsFactory(IOptions<ElevenLabsOptions> options, TimeProvider time, ILoggerFactory? loggerFactory = null) : IProviderFactory<ITextToSpeech>
{
    public string Vendor => ElevenLabsVendor.Name;

    public IReadOnlyList<string> Models { get; } = ["eleven_flash_v2_5", "eleven_turbo_v2_5", "eleven_multilingual_v2", "eleven_flash_v2"];

    public bool AcceptsOtherModels => true;

    public void Validate(ProviderName name)
    {
        options.Value.RequireKey(name.ToString(), ElevenLabsVendor.Section, ElevenLabsVendor.Variables);

        // elevenlabs.io/docs/eleven-api/guides/how-to/websockets/multi-context-web-socket (2026).
        if (name.Model.StartsWith("eleven_v3", StringComparison.Ordinal))
            throw new ConfigurationException($"'{name}' cannot be used: the vendor does not offer {name.Model} for several utterances on one connection. Write {Vendor}/{Models[0]}.");

        // .../api-reference/text-to-speech/v-1-text-to-speech-voice-id-multi-stream-input, apply_text_normalization (2026).
        if (options.Value.ApplyTextNormalization == "on" && name.Model is ("eleven_flash_v2_5" or "eleven_turbo_v2_5"))
            throw new ConfigurationException($"'{name}' cannot be used: Providers:{ElevenLabsVendor.Section}:ApplyTextNormalization is on, which the vendor does not allow for {name.Model}. Set it to auto or off, or use another model.");
    }

    public ITextToSpeech Create(ProviderName name) =>
        new ElevenLabsTextToSpeech(name.ToString(), name.Model, name.Variant ?? options.Value.VoiceId, options.Value, time, (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<ElevenLabsTextToSpeech>());
}

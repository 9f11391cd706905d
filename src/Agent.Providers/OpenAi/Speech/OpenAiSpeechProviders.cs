using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Providers.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Agent.Providers.OpenAi.Speech;

/// <summary>Registers OpenAI's recognisers and synthesizers.</summary>
internal static class OpenAiSpeechProviders
{
    public static IServiceCollection AddOpenAiSpeech(this IServiceCollection services)
    {
        services.AddSettings<OpenAiTranscriptionOptions>($"Providers:{OpenAiVendor.Section}:Transcription");
        services.AddSettings<OpenAiSpeechOptions>($"Providers:{OpenAiVendor.Section}:Speech");
        services.TryAddSingleton<OpenAiEndpoint>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderFactory<ITextToSpeech>, OpenAiTextToSpeechFactory>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderFactory<ISpeechToText>, OpenAiSpeechToTextFactory>());
        return services;
    }
}

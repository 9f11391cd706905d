using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Agent.Providers.OpenAi.Speech;

/// <summary>Registers OpenAI's recognisers and synthesizers.</summary>
internal static class OpenAiSpeechProviders
{
    public static IServiceCollection AddOpenAiSpeech(this IServiceCollection services)
    {
        services.AddOptions<OpenAiTranscriptionOptions>().BindConfiguration($"Providers:{OpenAiVendor.Section}:Transcription");
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OpenAiTranscriptionOptions>, OpenAiTranscriptionOptionsValidator>());
        services.AddOptions<OpenAiSpeechOptions>().BindConfiguration($"Providers:{OpenAiVendor.Section}:Speech");
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OpenAiSpeechOptions>, OpenAiSpeechOptionsValidator>());
        services.TryAddSingleton<OpenAiEndpoint>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderFactory<ITextToSpeech>, OpenAiTextToSpeechFactory>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderFactory<ISpeechToText>, OpenAiSpeechToTextFactory>());
        return services;
    }
}

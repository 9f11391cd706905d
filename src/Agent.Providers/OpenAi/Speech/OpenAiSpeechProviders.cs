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
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderFactory<ISpeechToText>, OpenAiSpeechToTextFactory>());
        return services;
    }
}

using Agent.Pipeline.Realtime;
using Agent.Providers.Catalog;
using Agent.Providers.OpenAi.Realtime;
using Agent.Providers.OpenAi.Speech;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Agent.Providers.OpenAi;

/// <summary>Registers OpenAI's speech-to-speech models.</summary>
internal static class OpenAiRealtimeProviders
{
    public static IServiceCollection AddOpenAiRealtimeProviders(this IServiceCollection services)
    {
        services.AddOptions<OpenAiRealtimeOptions>().BindConfiguration($"Providers:{OpenAiVendor.Section}:Realtime");
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OpenAiRealtimeOptions>, OpenAiRealtimeOptionsValidator>());
        services.TryAddSingleton<OpenAiEndpoint>();
        return services.AddSingleton<IProviderFactory<IRealtimeModel>, OpenAiRealtimeFactory>();
    }
}

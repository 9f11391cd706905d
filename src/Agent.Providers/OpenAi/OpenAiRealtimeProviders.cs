using Agent.Pipeline.Realtime;
using Agent.Providers.Catalog;
using Agent.Providers.OpenAi.Realtime;
using Agent.Providers.OpenAi.Speech;
using Agent.Providers.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Agent.Providers.OpenAi;

/// <summary>Registers OpenAI's speech-to-speech models.</summary>
internal static class OpenAiRealtimeProviders
{
    public static IServiceCollection AddOpenAiRealtimeProviders(this IServiceCollection services)
    {
        services.AddSettings<OpenAiRealtimeOptions>($"Providers:{OpenAiVendor.Section}:Realtime");
        services.TryAddSingleton<OpenAiEndpoint>();
        return services.AddSingleton<IProviderFactory<IRealtimeModel>, OpenAiRealtimeFactory>();
    }
}

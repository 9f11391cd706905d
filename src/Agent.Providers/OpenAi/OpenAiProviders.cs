using Agent.Providers.OpenAi.Speech;
using Agent.Providers.Vendors;
using Microsoft.Extensions.DependencyInjection;

namespace Agent.Providers.OpenAi;

/// <summary>Registers what is reached with OpenAI's protocols.</summary>
internal static class OpenAiProviders
{
    public static IServiceCollection AddOpenAiProviders(this IServiceCollection services) =>
        services.AddVendorOptions<OpenAiOptions>(OpenAiVendor.Section, OpenAiVendor.Variables)
            .AddOpenAiSpeech();
}

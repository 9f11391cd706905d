using System.Reflection;
using Agent.Pipeline.Realtime;
using Agent.Pipeline.Speech;
using Agent.Providers;
using Agent.Providers.Catalog;
using Agent.Tests.Providers.Contracts;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Agent.Tests.Providers.RealServices;

/// <summary>Runs single contract tests with a provider made from this process's own environment.</summary>
internal static class RealService
{
    public static string? KeyOf(VendorProvider provider) => Environment.GetEnvironmentVariable(VariableOf(provider)) is { Length: > 0 } key ? key : null;

    /// <summary>The variable that holds the vendor's key.</summary>
    public static string VariableOf(VendorProvider provider) => ProviderName.Parse(provider.Name).Vendor switch
    {
        "azure" => "AZURE_SPEECH_KEY",
        var vendor => $"{vendor.ToUpperInvariant().Replace('-', '_')}_API_KEY",
    };

    /// <summary>The names of a kind's contract tests, each with its arguments' number where it has several rows.</summary>
    public static IEnumerable<string> Tests(ProviderKind kind) => Facts(kind).SelectMany(
        method => method.GetCustomAttributes<InlineDataAttribute>().Select((_, row) => $"{method.Name}#{row}").DefaultIfEmpty(method.Name));

    public static async Task RunAsync(VendorProvider provider, string test)
    {
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddEnvironmentVariables().AddInMemoryCollection(provider.Settings).Build())
            .AddLogging()
            .AddProviders()
            .BuildServiceProvider();
        var catalog = services.GetRequiredService<ProviderCatalog>();
        object contract = provider.Kind switch
        {
            ProviderKind.SpeechToText => new Recogniser(catalog.GetSpeechToText(provider.Name)),
            ProviderKind.LanguageModel => new LanguageModel(catalog.GetLanguageModel(provider.Name)),
            ProviderKind.TextToSpeech => new Synthesizer(catalog.GetTextToSpeech(provider.Name)),
            ProviderKind.Realtime => new SpeechToSpeech(catalog.GetRealtimeModel(provider.Name)),
            _ => throw new NotSupportedException($"There is no contract for {provider.Kind}."),
        };
        var parts = test.Split('#');
        var method = Facts(provider.Kind).Single(each => each.Name == parts[0]);
        try
        {
            if (contract is IAsyncLifetime begins)
                await begins.InitializeAsync();
            var result = method.Invoke(contract, parts.Length > 1 ? Arguments(method, int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)) : []);
            if (result is Task running)
                await running;
        }
        catch (TargetInvocationException e) when (e.InnerException is { } failure)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
        finally
        {
            await Disposal.OfAsync(contract);
        }
    }

    private static IEnumerable<MethodInfo> Facts(ProviderKind kind)
    {
        var contract = kind switch
        {
            ProviderKind.SpeechToText => typeof(SpeechToTextContract),
            ProviderKind.LanguageModel => typeof(LanguageModelContract),
            ProviderKind.TextToSpeech => typeof(TextToSpeechContract),
            ProviderKind.Realtime => typeof(RealtimeContract),
            _ => throw new NotSupportedException($"There is no contract for {kind}."),
        };
        return contract.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute)));
    }

    private static object?[] Arguments(MethodInfo method, int row)
    {
        var given = method.GetCustomAttributes<InlineDataAttribute>().ElementAt(row).Data;
        return method.GetParameters() is [{ ParameterType: var type }] && type == typeof(string[]) ? [given.Cast<string>().ToArray()] : given!;
    }

    private sealed class Recogniser(ISpeechToText recogniser) : SpeechToTextContract
    {
        // Services that transcribe as people speak refuse or drop what comes faster.
        protected override bool TakesSoundAtOnce => false;

        protected override ISpeechToText Create() => recogniser;

        protected override ValueTask ReleaseAsync(ISpeechToText recogniser) => ValueTask.CompletedTask;
    }

    private sealed class Synthesizer(ITextToSpeech synthesizer) : TextToSpeechContract
    {
        protected override ITextToSpeech Create() => synthesizer;

        protected override ValueTask ReleaseAsync(ITextToSpeech synthesizer) => ValueTask.CompletedTask;
    }

    private sealed class SpeechToSpeech(IRealtimeModel model) : RealtimeContract
    {
        protected override IRealtimeModel Create() => model;
    }

    private sealed class LanguageModel(IChatClient model) : LanguageModelContract
    {
        protected override IChatClient Create() => model;
    }
}

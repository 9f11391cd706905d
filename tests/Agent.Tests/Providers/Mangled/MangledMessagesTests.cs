using Agent.LoopbackVendors.Faults;
using Agent.Pipeline.Errors;
using Agent.Tests.Providers.Contracts;

namespace Agent.Tests.Providers.Mangled;

/// <summary>Whatever values a vendor's messages have, a client reads them or says that it cannot: no other exception, no wait without an end, no word of it in a log.</summary>
public sealed class MangledMessagesTests
{
    // Each is another row of changes; far more of them, run by hand, have found nothing else.
    private const int Seeds = 120;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Providers => [.. VendorProvider.All.Select(provider => provider.Title)];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Ask_MessagesWithWrongValues_AreReadOrRefused(string title)
    {
        var provider = VendorProvider.All.Single(each => each.Title == title);
        var settings = new Dictionary<string, string?>(provider.Settings, StringComparer.Ordinal);
        foreach (var vendor in (string[])["Deepgram", "AssemblyAi", "OpenAi", "AzureOpenAi", "AzureSpeech", "Anthropic", "ElevenLabs"])
            settings[$"Providers:{vendor}:Resilience:BreakerFailures"] = "1000";
        await using var stage = await ProviderStage.StartAsync(limit: TimeSpan.FromSeconds(0.3), settings: settings);
        List<string> failures = [];
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var mangler = new JsonMangler(seed);
            stage.Vendors.Faults.Next(provider.Endpoint, new Fault(FaultKind.None) { Mangle = mangler.Mangle });
            try
            {
                await Asking.AskAsync(stage, provider, Cancellation).WaitAsync(s_patience, Cancellation);
            }
            catch (ProviderException e)
            {
                stage.AssertDiscreet([Asking.Words], e);
            }
            catch (Exception e) when (!Cancellation.IsCancellationRequested)
            {
                failures.Add($"seed {seed}: {e.GetType().Name}: {e.Message} after {mangler.Sent}\n{e.StackTrace}");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }
}

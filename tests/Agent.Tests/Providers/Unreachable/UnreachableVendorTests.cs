using Agent.LoopbackVendors.CommandLine;
using Agent.Pipeline.Errors;
using Agent.Providers.Catalog;
using Agent.Tests.Providers.Contracts;

namespace Agent.Tests.Providers.Unreachable;

/// <summary>Whatever is found at an address in a vendor's place, each client says that it could not reach its vendor, soon, and that this may change.</summary>
public sealed class UnreachableVendorTests
{
    private const string Words = "nobody will hear these words";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, NoVendor> Cells
    {
        get
        {
            var cells = new TheoryData<string, NoVendor>();
            foreach (var provider in VendorProvider.All)
            {
                foreach (var kind in Enum.GetValues<NoVendor>())
                    cells.Add(provider.Title, kind);
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Ask_NoVendorAtItsAddress_IsATransientErrorOfTheConnection(string title, NoVendor kind)
    {
        var provider = VendorProvider.All.Single(each => each.Title == title);
        await using var nobody = new NoVendorHost(kind);
        var settings = EnvironmentLines.Variables(nobody.Address).ToDictionary(variable => variable.Key, variable => (string?)(variable.Value == "loopback" ? ProviderStage.Key : variable.Value), StringComparer.Ordinal);
        foreach (var (key, value) in provider.Settings)
            settings[key] = value;
        await using var stage = await ProviderStage.StartAsync(settings: settings);

        var error = await Assert.ThrowsAsync<ProviderException>(() => AskAsync(stage, provider).WaitAsync(TimeSpan.FromSeconds(20), Cancellation));

        Assert.Equal((provider.Name, true, null), (error.Provider, error.IsTransient, error.HttpStatus));
        Assert.Contains(error.Kind, (ProviderErrorKind[])[ProviderErrorKind.Connection, ProviderErrorKind.Timeout]);
        stage.AssertDiscreet([Words], error);
    }

    private static async Task AskAsync(ProviderStage stage, VendorProvider provider)
    {
        switch (provider.Kind)
        {
            case ProviderKind.SpeechToText:
                await using (var stream = await stage.Catalog.GetSpeechToText(provider.Name).OpenAsync(Cancellation))
                {
                    stream.SpeechBegins();
                    stream.Push(Tone(stage.Catalog.GetSpeechToText(provider.Name).Capabilities.SampleRateHz));
                    stream.Flush();
                    await foreach (var transcript in stream.ReadAsync(Cancellation))
                        Assert.Fail($"A vendor that is not there has said {transcript.Kind}.");
                }

                break;
            case ProviderKind.LanguageModel:
                await stage.Catalog.GetLanguageModel(provider.Name).GetResponseAsync([new(Microsoft.Extensions.AI.ChatRole.User, Words)], cancellationToken: Cancellation);
                break;
            case ProviderKind.TextToSpeech:
                await using (var synthesis = await stage.Catalog.GetTextToSpeech(provider.Name).BeginAsync(Cancellation))
                {
                    await synthesis.WriteAsync(Words, Cancellation);
                    synthesis.Complete();
                    await foreach (var audio in synthesis.ReadAsync(Cancellation))
                        audio.Frame.Dispose();
                }

                break;
            default:
                await using (await stage.Catalog.GetRealtimeModel(provider.Name).OpenAsync(Cancellation))
                    break;
        }
    }

    private static short[] Tone(int rate) => [.. Enumerable.Range(0, rate).Select(i => (short)(8_000 * Math.Sin(Math.Tau * 220 * i / rate)))];
}

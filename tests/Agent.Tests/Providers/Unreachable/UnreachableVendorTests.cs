using Agent.LoopbackVendors.CommandLine;
using Agent.Pipeline.Errors;
using Agent.Tests.Providers.Contracts;

namespace Agent.Tests.Providers.Unreachable;

/// <summary>Whatever is found at an address in a vendor's place, each client says that it could not reach its vendor, soon, and that this may change.</summary>
public sealed class UnreachableVendorTests
{
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

        var error = await Assert.ThrowsAsync<ProviderException>(() => Asking.AskAsync(stage, provider, Cancellation).WaitAsync(TimeSpan.FromSeconds(20), Cancellation));

        Assert.Equal((provider.Name, true, null), (error.Provider, error.IsTransient, error.HttpStatus));
        Assert.Contains(error.Kind, (ProviderErrorKind[])[ProviderErrorKind.Connection, ProviderErrorKind.Timeout]);
        stage.AssertDiscreet([Asking.Words], error);
    }
}

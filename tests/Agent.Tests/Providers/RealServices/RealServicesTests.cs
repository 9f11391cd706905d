using Agent.Tests.EndToEnd;

namespace Agent.Tests.Providers.RealServices;

/// <summary>
/// The contract tests of every kind against the vendors' real services, for each vendor whose key is in the environment. A vendor without a key is one skipped test
/// that names the variable.
/// </summary>
[Collection(nameof(RealTime))]
public sealed class RealServicesTests
{
    /// <summary>Each contract test of each provider that has a key; one row without a test for each provider that has none.</summary>
    public static TheoryData<string, string?> Rows()
    {
        var rows = new TheoryData<string, string?>();
        foreach (var provider in VendorProvider.All)
        {
            if (RealService.KeyOf(provider) is null)
            {
                rows.Add(provider.Title, null);
                continue;
            }

            foreach (var test in RealService.Tests(provider.Kind))
                rows.Add(provider.Title, test);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Contract_WithTheVendorsRealService_IsKept(string provider, string? test)
    {
        var vendor = VendorProvider.All.First(each => each.Title == provider);
        Assert.SkipWhen(test is null, $"Set {RealService.VariableOf(vendor)} to run the contract tests against the real service of {provider}.");
        await RealService.RunAsync(vendor, test!);
    }
}

using Agent.Tests.EndToEnd;
using Agent.Tests.Tools;

namespace Agent.Tests.Providers.Matrix;

/// <summary>Every vendor with every fault: nobody is left in silence, and nobody is talked over.</summary>
[Collection(nameof(RealTime))]
public sealed class FaultMatrixTests(FaultMatrixFixture matrix) : IClassFixture<FaultMatrixFixture>
{
    public static TheoryData<string> Providers => [.. VendorProvider.All.Select(provider => provider.Title)];

    [Theory]
    [MemberData(nameof(Providers))]
    public void Conversation_WhateverTheVendorDoes_EndsInAnAnswerOrSaysSo(string provider)
    {
        var bad = Of(provider).Where(cell => !cell.EndsWell).ToList();

        Assert.True(bad.Count == 0, Tell(bad));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Conversation_WhateverTheVendorDoes_IsNeverSilentForLong(string provider)
    {
        var bad = Of(provider).Where(cell => !cell.IsNeverSilentForLong).ToList();

        Assert.True(bad.Count == 0, Tell(bad));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void SpeakingOver_WhateverTheVendorDoes_SilencesTheAgent(string provider)
    {
        var bad = Of(provider).Where(cell => !cell.YieldsToThePerson).ToList();

        Assert.True(bad.Count == 0, Tell(bad));
    }

    [Fact]
    public void Page_Table_IsWhatIsMeasured() => GeneratedPage.AssertPart("provider-faults.md", "Faults", FaultTable.Write(matrix.Cells));

    private static string Tell(IEnumerable<MatrixCell> cells) => string.Join(Environment.NewLine, cells.Select(cell => $"{cell}{Environment.NewLine}{cell.Course}"));

    private IEnumerable<MatrixCell> Of(string provider) => matrix.Cells.Where(cell => cell.Provider.Title == provider);
}

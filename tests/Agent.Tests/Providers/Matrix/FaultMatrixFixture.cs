namespace Agent.Tests.Providers.Matrix;

/// <summary>Plays the whole matrix once, for all that is asked of it.</summary>
public sealed class FaultMatrixFixture : IAsyncLifetime
{
    /// <summary>Enough to be done soon, and so few that no conversation waits for the processor.</summary>
    private const int AtOnce = 24;

    internal IReadOnlyList<MatrixCell> Cells { get; private set; } = [];

    public async ValueTask InitializeAsync() => Cells = await FaultMatrix.PlayAsync(VendorProvider.All, AtOnce, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

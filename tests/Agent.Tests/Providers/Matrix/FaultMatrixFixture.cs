namespace Agent.Tests.Providers.Matrix;

/// <summary>Plays the whole matrix once, for all that is asked of it.</summary>
public sealed class FaultMatrixFixture : IAsyncLifetime
{
    /// <summary>Enough to be done soon, and so few that no conversation waits for the processor.</summary>
    private const int AtOnce = 24;

    internal IReadOnlyList<MatrixCell> Cells { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var cells = (await FaultMatrix.PlayAsync(VendorProvider.All, AtOnce, TestContext.Current.CancellationToken)).ToArray();

        // The crowd is there to be done soon. What is promised is promised to one person: who was let down in the crowd is played again alone, and that counts.
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i] is not { EndsWell: true, IsNeverSilentForLong: true, YieldsToThePerson: true })
                cells[i] = await FaultMatrix.PlayAsync(cells[i], TestContext.Current.CancellationToken);
        }

        Cells = cells;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

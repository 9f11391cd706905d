namespace Agent.Tests.Providers.Contracts;

internal static class Disposal
{
    public static async ValueTask OfAsync(object? owned)
    {
        if (owned is IAsyncDisposable asyncDisposable)
            await asyncDisposable.DisposeAsync();
        else
            (owned as IDisposable)?.Dispose();
    }
}

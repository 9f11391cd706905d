using Agent.Pipeline.Errors;
using Agent.Providers.Synthesizers;

namespace Agent.Tests.Providers.Synthesizers;

public sealed class PendingTextTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _disposed = new();
    private readonly PendingText _texts;

    public PendingTextTests() => _texts = new PendingText(_disposed.Token);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _disposed.Dispose();

    [Fact]
    public async Task Write_SpeakingHasFailed_TellsWhyWithAllThatIsKnown()
    {
        var failure = new ProviderException("vendor/voice", ProviderErrorKind.RateLimit, "too many", isTransient: true)
        {
            HttpStatus = 429,
            RequestId = "request-1",
            RetryAfter = TimeSpan.FromSeconds(3),
        };
        _texts.Complete(failure);

        var told = await Assert.ThrowsAsync<ProviderException>(() => _texts.WriteAsync("Hello.", Cancellation).AsTask());

        Assert.Same(failure, told.InnerException);
        Assert.Equal(
            (failure.Provider, failure.Kind, failure.Message, failure.IsTransient, failure.HttpStatus, failure.RequestId, failure.RetryAfter),
            (told.Provider, told.Kind, told.Message, told.IsTransient, told.HttpStatus, told.RequestId, told.RetryAfter));
    }

    [Fact]
    public async Task Write_NobodyTakesIt_WaitsUntilDisposed()
    {
        var written = 0;
        var writing = Task.CompletedTask;
        for (; writing.IsCompleted; written++)
            writing = _texts.WriteAsync("Hello.", Cancellation).AsTask();
        Assert.InRange(written, 2, 1_000);

        await _disposed.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing.WaitAsync(s_patience, Cancellation));
    }
}

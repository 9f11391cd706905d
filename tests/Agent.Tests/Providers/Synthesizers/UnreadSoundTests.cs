using Agent.Pipeline.Audio;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Synthesizers;

namespace Agent.Tests.Providers.Synthesizers;

public sealed class UnreadSoundTests
{
    private const int RateHz = 16_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly UnreadSound _sound = new(RateHz, TimeSpan.FromSeconds(1));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WaitForRoom_MoreThanTheReadAheadUnread_WaitsForTheReader()
    {
        Write(RateHz);
        await _sound.WaitForRoomAsync(Cancellation).AsTask().WaitAsync(s_patience, Cancellation);
        Write(1);
        var waiting = _sound.WaitForRoomAsync(Cancellation).AsTask();
        Assert.False(waiting.IsCompleted);

        await using var reading = _sound.ReadAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await reading.MoveNextAsync());
        reading.Current.Frame.Dispose();

        await waiting.WaitAsync(s_patience, Cancellation);
        Assert.Equal((RateHz + 1L, TimeSpan.FromSeconds(1)), (_sound.Samples, TimeSpan.FromSeconds(Math.Floor(_sound.Duration.TotalSeconds))));
    }

    [Fact]
    public async Task Complete_WithAFailure_IsToldBehindTheLastPiece()
    {
        Write(10);
        Write(20);
        _sound.Complete(new ProviderException("vendor/voice", ProviderErrorKind.Connection, "lost"));
        var read = new List<int>();

        await Assert.ThrowsAsync<ProviderException>(async () =>
        {
            await foreach (var piece in _sound.ReadAsync(Cancellation))
            {
                read.Add(piece.Frame.Samples.Length);
                piece.Frame.Dispose();
            }
        });

        Assert.Equal([10, 20], read);
    }

    [Fact]
    public async Task Discard_WhatIsUnread_NeverReachesTheReader()
    {
        Write(10);
        _sound.Discard();
        _sound.Complete(failure: null);
        Write(10);

        await using var reading = _sound.ReadAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.False(await reading.MoveNextAsync());
    }

    private void Write(int samples) => _sound.Write(new SynthesizedAudio(AudioFrame.Rent(RateHz, samples, _sound.Samples), []));
}

using System.Runtime.InteropServices;
using Agent.LiveKit.Rtc;
using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;
using Agent.Tests.LiveKit.Rtc.Harness;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.Tests.LiveKit.Rtc.Audio;

public sealed class AudioSourceTests : IAsyncLifetime
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private readonly FakeFfiLibrary _library = new();
    private readonly ManualFrameClock _clock = new();
    private readonly SemaphoreSlim _captured = new(0);
    private readonly List<short> _sent = [];
    private readonly FfiClient _client;
    private AudioSource _source = null!;

    public AudioSourceTests()
    {
        _client = new FfiClient(_library, NullLogger.Instance);
        _library.Respond = Respond;
    }

    public ValueTask InitializeAsync()
    {
        _source = new AudioSource(_client, new Agent.LiveKit.Rtc.AudioSourceOptions { SampleRateHz = 16_000, SilenceTail = TimeSpan.FromMilliseconds(50) }, _clock);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await _source.DisposeAsync();

    [Fact]
    public async Task WriteAsync_SecondFrame_WaitsUntilTheFirstHasLasted()
    {
        await Write(1);
        await CapturedAsync();
        var second = Write(2);
        Assert.False(second.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(9));
        Assert.False(second.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await second.WaitAsync(s_limit);
        await CapturedAsync();
        Assert.Equal([1, 2], _sent);
    }

    [Fact]
    public async Task Clear_FrameThatWaits_IsNotSent()
    {
        await Write(1);
        await CapturedAsync();
        var second = Write(2);
        _source.Clear();
        await second.WaitAsync(s_limit);
        var third = Write(3);
        _clock.Advance(TimeSpan.FromMilliseconds(10));
        await third.WaitAsync(s_limit);
        await CapturedAsync();
        Assert.Equal([1, 3], _sent);
    }

    [Fact]
    public async Task WriteAsync_Cancelled_DoesNotBlockTheNext()
    {
        await Write(1);
        await CapturedAsync();
        using var cancel = new CancellationTokenSource();
        var second = Write(2, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        var third = Write(3);
        _clock.Advance(TimeSpan.FromMilliseconds(10));
        await CapturedAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(10));
        await third.WaitAsync(s_limit);
        await CapturedAsync();
        Assert.Equal([1, 2, 3], _sent);
    }

    [Fact]
    public async Task Silence_AfterTheLastSound_LastsForTheTail()
    {
        await Write(7);
        await CapturedAsync();
        // The grace is over at 30 ms; the three frames that are due by then come at once.
        _clock.Advance(TimeSpan.FromMilliseconds(30));
        for (var i = 0; i < 3; i++)
            await CapturedAsync();
        for (var i = 0; i < 2; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(10));
            await CapturedAsync();
        }

        _clock.Advance(TimeSpan.FromSeconds(10));
        await Write(8).WaitAsync(s_limit);
        await CapturedAsync();
        Assert.Equal([7, 0, 0, 0, 0, 0, 8], _sent);
    }

    [Fact]
    public async Task WriteAsync_NotTenMilliseconds_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await _source.WriteAsync(new short[159]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _source.WriteAsync(default));
    }

    [Fact]
    public async Task DisposeAsync_WriterThatWaits_GoesOnAndTheHandleIsDropped()
    {
        await Write(1);
        await CapturedAsync();
        var second = Write(2);
        await _source.DisposeAsync().AsTask().WaitAsync(s_limit);
        await second.WaitAsync(s_limit);
        Assert.Equal(1, _library.Drops[33]);
        Assert.Equal(0, _library.OpenHandles);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Write(3));
    }

    private static FfiEvent Captured(ulong id) => new() { CaptureAudioFrame = new CaptureAudioFrameCallback { AsyncId = id } };

    private Task Write(short value, CancellationToken cancellationToken = default)
    {
        var frame = new short[160];
        Array.Fill(frame, value);
        return _source.WriteAsync(frame, cancellationToken).AsTask();
    }

    private async Task CapturedAsync() => Assert.True(await _captured.WaitAsync(s_limit), "No frame was sent.");

    private FfiResponse Respond(FfiRequest request)
    {
        if (request.CaptureAudioFrame is not { } capture)
        {
            return new FfiResponse
            {
                NewAudioSource = new NewAudioSourceResponse
                {
                    Source = new OwnedAudioSource { Handle = new FfiOwnedHandle { Id = 33 }, Info = new AudioSourceInfo { Type = AudioSourceType.AudioSourceNative } },
                },
            };
        }

        Assert.Equal(16_000u, capture.Buffer.SampleRate);
        Assert.Equal(160u, capture.Buffer.SamplesPerChannel);
        lock (_sent)
            _sent.Add(Marshal.ReadInt16((nint)capture.Buffer.DataPtr));
        _client.OnEvent(Captured(capture.RequestAsyncId).ToByteArray());
        _captured.Release();
        return new FfiResponse { CaptureAudioFrame = new CaptureAudioFrameResponse { AsyncId = capture.RequestAsyncId } };
    }
}

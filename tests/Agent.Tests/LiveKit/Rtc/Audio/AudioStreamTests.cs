using System.Runtime.InteropServices;
using Agent.LiveKit.Rtc;
using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;
using Agent.Pipeline.Audio;
using Agent.Tests.LiveKit.Rtc.Harness;
using Agent.Tests.LiveKit.Rtc.Native.Messages;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.Tests.LiveKit.Rtc.Audio;

public sealed class AudioStreamTests : IDisposable
{
    private const ulong StreamHandle = 21;

    private readonly nint _samples = Marshal.AllocHGlobal(480 * sizeof(short));
    private readonly FakeFfiLibrary _library = new();
    private readonly FfiClient _client;
    private readonly RemoteAudioTrack _track;

    public AudioStreamTests()
    {
        _client = new FfiClient(_library, NullLogger.Instance);
        _library.Respond = _ => new FfiResponse
        {
            NewAudioStream = new NewAudioStreamResponse
            {
                Stream = new OwnedAudioStream { Handle = new FfiOwnedHandle { Id = StreamHandle }, Info = new AudioStreamInfo { Type = AudioStreamType.AudioStreamNative } },
            },
        };
        var info = new TrackInfo { Sid = "TR_x", Name = "n", Kind = Agent.LiveKit.Rtc.Native.Protocol.TrackKind.KindAudio, StreamState = StreamState.StateActive, Muted = false, Remote = true };
        _track = new RemoteAudioTrack(_client, new FfiHandle(_library, 20), info);
    }

    public void Dispose() => Marshal.FreeHGlobal(_samples);

    [Fact]
    public async Task ReadAsync_FramesThatArrive_AreCopiedInOrderAndDroppedNatively()
    {
        using var stream = _track.OpenStream();
        for (short i = 0; i < 3; i++)
        {
            Fill(i);
            Deliver(100ul + (ulong)i);
        }

        Fill(99);
        _track.Close();
        var read = new List<(short, long)>();
        await foreach (var frame in stream.ReadAsync())
        {
            using (frame)
                read.Add((frame.Samples.Span[159], frame.Position));
        }

        Assert.Equal([(0, 0), (1, 160), (2, 320)], read);
        Assert.All([100ul, 101ul, 102ul], handle => Assert.Equal(1, _library.Drops[handle]));
        Assert.Equal(1, _library.Drops[StreamHandle]);
        Assert.Equal(1, _library.Drops[20]);
        Assert.Equal(0, _library.OpenHandles);
    }

    [Fact]
    public async Task ReadAsync_LateReader_GetsTheNewestAndAGapInThePositions()
    {
        using var stream = _track.OpenStream(new AudioStreamOptions { MaxQueue = TimeSpan.FromMilliseconds(20) });
        for (var i = 0; i < 5; i++)
            Deliver(100);
        _track.Close();
        var positions = new List<long>();
        await foreach (var frame in stream.ReadAsync())
        {
            using (frame)
                positions.Add(frame.Position);
        }

        Assert.Equal([480, 640], positions);
        Assert.Equal(3, stream.DroppedFrames);
    }

    [Fact]
    public void OnFrame_NotWhatWasAskedFor_IsDroppedAndCounted()
    {
        using var stream = _track.OpenStream();
        _client.OnEvent(AudioFrameMessageTests.Frame(StreamHandle, 1, (ulong)_samples, 2, 16_000, 160).ToByteArray());
        _client.OnEvent(AudioFrameMessageTests.Frame(StreamHandle, 2, (ulong)_samples, 1, 48_000, 480).ToByteArray());
        _client.OnEvent(AudioFrameMessageTests.Frame(StreamHandle, 3, (ulong)_samples, 1, 16_000, 100).ToByteArray());
        _client.OnEvent(AudioFrameMessageTests.Frame(StreamHandle, 4, 0, 1, 16_000, 160).ToByteArray());
        Assert.Equal(4, stream.IrregularFrames);
        Assert.Equal(4, _library.Drops.Count);
    }

    [Fact]
    public void OpenStream_OfAClosedTrack_SaysSo()
    {
        _track.Close();
        Assert.Equal(RoomErrorKind.Closed, Assert.Throws<RoomException>(() => _track.OpenStream()).Kind);
    }

    [Fact]
    public void Frames_FromTheEventToTheReader_AllocateNothing()
    {
        using var stream = _track.OpenStream();
        _library.CountsDrops = false;
        var message = AudioFrameMessageTests.Frame(StreamHandle, 1, (ulong)_samples, 1, 16_000, 160).ToByteArray();
        using var cancel = new CancellationTokenSource();
        var reader = stream.ReadAsync(cancel.Token).GetAsyncEnumerator(cancel.Token);
        for (var i = 0; i < 100; i++)
            Round(message, reader);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            Round(message, reader);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>The frame comes first, so that the reader takes it on this thread and what both sides allocate is counted.</summary>
    private void Round(byte[] message, IAsyncEnumerator<AudioFrame> reader)
    {
        _client.OnEvent(message);
        var next = reader.MoveNextAsync();
        Assert.True(next.IsCompletedSuccessfully);
        Assert.True(next.GetAwaiter().GetResult());
        reader.Current.Dispose();
    }

    private unsafe void Fill(short value) => new Span<short>((void*)_samples, 160).Fill(value);

    private void Deliver(ulong frame) =>
        _client.OnEvent(AudioFrameMessageTests.Frame(StreamHandle, frame, (ulong)_samples, 1, 16_000, 160).ToByteArray());
}

using Agent.LiveKit.Rtc;
using Agent.LiveKit.Rtc.Audio;
using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;
using Agent.Tests.EndToEnd.Rtc;
using Agent.Tests.LiveKit.Rtc.Harness;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.Tests.LiveKit.Rtc.Audio;

/// <summary>The way of a frame out is spread over threads, so the whole process is measured, alone.</summary>
[Collection(nameof(AloneInTheProcess))]
public class AudioSourceAllocationTests
{
    private const int Frames = 100;

    [Fact]
    public async Task Frames_FromTheWriterToTheLibrary_AllocateNothing()
    {
        var library = new FakeFfiLibrary();
        var client = new FfiClient(library, NullLogger.Instance);
        library.Respond = _ => new FfiResponse
        {
            NewAudioSource = new NewAudioSourceResponse { Source = new OwnedAudioSource { Handle = new FfiOwnedHandle { Id = 33 }, Info = new AudioSourceInfo { Type = AudioSourceType.AudioSourceNative } } },
        };
        var captured = new FfiEvent { CaptureAudioFrame = new CaptureAudioFrameCallback { AsyncId = 1 } }.ToByteArray();
        library.OnCapture = () => client.OnEvent(captured);
        await using var source = new AudioSource(client, new Agent.LiveKit.Rtc.AudioSourceOptions(), FrameClock.Shared);

        // Off the test framework's synchronization context, which allocates for every continuation.
        var least = await Task.Run(() => LeastAsync(source));

        Assert.Equal(0, least);
        Assert.InRange(library.Captures, 6 * Frames, long.MaxValue);
    }

    /// <summary>The least of several rounds: what else the runtime does now and then, such as tiered compilation, is not ours.</summary>
    private static async Task<long> LeastAsync(AudioSource source)
    {
        var least = long.MaxValue;
        var frame = new short[source.SampleRateHz / 100];
        for (var round = 0; round < 6; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < Frames; i++)
                await source.WriteAsync(frame, CancellationToken.None);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }
}

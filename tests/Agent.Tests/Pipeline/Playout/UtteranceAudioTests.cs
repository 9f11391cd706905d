using Agent.Pipeline.Concurrency;
using Agent.Pipeline.Playout;

namespace Agent.Tests.Pipeline.Playout;

public class UtteranceAudioTests
{
    [Fact]
    public async Task Write_FarAhead_WaitsForTheReader()
    {
        var audio = new UtteranceAudio(8_000, new AsyncSignal());
        await audio.WriteAsync(new short[8_000 * UtteranceAudio.MaxAhead], CancellationToken.None);
        var more = audio.WriteAsync(new short[80], CancellationToken.None).AsTask();
        Assert.False(more.IsCompleted);
        Assert.True(audio.TryPeek(new short[80]));
        audio.Advance(80);
        await more.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Write_Abandoned_NeverWaits()
    {
        var audio = new UtteranceAudio(8_000, new AsyncSignal());
        await audio.WriteAsync(new short[8_000 * UtteranceAudio.MaxAhead], CancellationToken.None);
        var more = audio.WriteAsync(new short[80], CancellationToken.None).AsTask();
        audio.Abandon();
        await more.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Peek_LongUtterance_GivesEverySampleOnce()
    {
        var audio = new UtteranceAudio(8_000, new AsyncSignal());
        var frame = new short[80];
        short next = 0;
        for (var second = 0; second < 100; second++)
        {
            var samples = new short[8_000];
            for (var i = 0; i < samples.Length; i++)
                samples[i] = (short)(second * 8_000 + i);
            await audio.WriteAsync(samples, CancellationToken.None);
            while (audio.TryPeek(frame))
            {
                foreach (var sample in frame)
                    Assert.Equal(next++, sample);
                audio.Advance(frame.Length);
            }
        }

        Assert.Equal(800_000, audio.Position);
        audio.Release();
        Assert.True(audio.TryAcquire());
        audio.Release();
        audio.Release();
        Assert.False(audio.TryAcquire());
    }
}

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

    [Fact]
    public async Task Rewind_AnywhereInALongUtterance_GivesTheSameSamplesAgain()
    {
        // The writer is always as far ahead as it may be, which is when the least is kept behind the reader.
        const int Rate = 1_000;
        const int Length = 100 * Rate;
        var audio = new UtteranceAudio(Rate, new AsyncSignal());
        var samples = Enumerable.Range(0, Length).Select(i => (short)i).ToArray();
        var writing = audio.WriteAsync(samples, CancellationToken.None).AsTask();
        var random = new Random(3);
        var frame = new short[Rate / 100];
        long cursor = 0, heard = 0;
        while (heard < Length)
        {
            if (random.Next(20) == 0)
            {
                var back = random.Next(2 * Rate);
                audio.Rewind(heard - back);
                cursor = Math.Min(cursor, Math.Max(0, heard - Math.Min(back, UtteranceAudio.MaxBack * Rate)));
            }

            if (!audio.TryPeek(frame))
            {
                await Task.Yield();
                continue;
            }

            Assert.Equal((short)cursor, frame[0]);
            Assert.Equal((short)(cursor + frame.Length - 1), frame[^1]);
            audio.Advance(frame.Length);
            cursor += frame.Length;
            heard = Math.Max(heard, cursor);
            Assert.Equal(heard, audio.Position);
        }

        await writing.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }
}
